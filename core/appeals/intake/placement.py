"""Where a new appeal belongs: regime, theme, block, views and the body that must act."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.regime import Filing, Judgement, judge
from core.appeals.rules.intake import (
    Addressees,
    ApplicantScope,
    Channel,
    Regime,
)
from core.appeals.rules.routing import Consideration, Decision, Facts, Route, decide
from core.db.cache import Memo
from core.directory.bodies import Bodies
from core.directory.model import Body
from core.directory.rules.bodies import BodyKind, Theme
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.territories import standing
from core.law.rulebook import Rulebook
from core.structure.blocks import Blocks
from core.structure.rules.blocks import Block, block_of


class UnknownPlace(Refusal):
    """A municipality that the region does not know; `field` of the new appeal names it."""

    def __init__(self, said: str, field: str) -> None:
        self.field = field
        text = f"Муниципального образования «{said}» нет"
        super().__init__(RefusalCode.UNKNOWN_MUNICIPALITY, text)


@dataclass(frozen=True, eq=False)
class Course:
    """Where all go on one day that are about the same, from one place, through one channel.

    `municipality` is of the problem, `home` of its author, None while nobody knows it.
    """

    theme: str | None
    channel: Channel
    municipality: str | None
    home: str | None
    block: Block | None
    addressee: Body | None
    complained: Body | None
    decision: Decision
    chosen: Consideration | None
    broken: tuple[Consideration, ...]
    body: Body | None

    @property
    def significant(self) -> bool:
        """Whether the accelerated mechanism covers it (R4)."""
        return self.block is not None and self.block.significant


@dataclass(frozen=True, eq=False)
class Placement(Course):
    """What the rules say of a new appeal on the day it came, and of all like it. Bodies are rows.

    Each is equal to itself alone, so that asking what follows from it costs next to nothing.
    """

    judgement: Judgement
    in_region_view: bool
    in_federal_view: bool

    @property
    def regime(self) -> Regime:
        """By which law it is handled; the judgement has the ground."""
        return self.judgement.regime


@dataclass(frozen=True)
class Placer:
    """Places appeals by the law and the directory, read once for a whole batch.

    `highest` are the keys of the bodies of the highest official.
    """

    rules: Rulebook
    bodies: Bodies
    blocks: Blocks
    highest: Sequence[str] = ()
    places: Memo[Placement] = field(default_factory=Memo, repr=False)
    courses: Memo[Course] = field(default_factory=Memo, repr=False)

    def place(self, new: NewAppeal, on: date) -> Placement:
        """Judge a new appeal by the rules of the local day `on`; unknown keys are refused.

        Alike are those of which the rules ask the same, on days between which no rule, body or
        block has begun or ended.
        """
        day = self._turns[bisect_right(self._turns, on) - 1]
        filing = filing_of(new)
        who = (filing, *_asked_of_whom(new))
        what = (day, *_asked_of_what(new))

        def placed() -> Placement:
            course = self.courses.recall(what, lambda: self._course(new, on))
            return Placement(
                **vars(course),
                judgement=judge(filing, course.channel, self.rules, on),
                in_region_view=self._in_view("region", new, course.addressee, on),
                in_federal_view=self._in_view("federal", new, course.addressee, on),
            )

        return self.places.recall((what, who), placed)

    def _course(self, new: NewAppeal, on: date) -> Course:
        channel = self._channel(new.channel, on)
        self._check_theme(new.theme, on)
        municipality = self._municipality(new, "municipality", on)
        home = self._municipality(new, "residence_municipality", on)
        addressee = self.bodies.named(new.addressee)
        complained = self._complained(new.complained_body)
        facts = self.facts(new.theme, channel.key, municipality, addressee, complained, on)
        decision = decide(self.rules.all(Route, on, municipality=municipality), facts)
        return Course(
            theme=new.theme,
            channel=channel,
            municipality=municipality,
            home=home,
            block=block_of(self.blocks.all(on), new.theme, channel.key, home),
            addressee=addressee,
            complained=complained,
            decision=decision,
            chosen=decision.chosen,
            broken=decision.broken,
            body=self.bodies.by_key.get(decision.body or ""),
        )

    def facts(
        self,
        theme: str | None,
        channel: str,
        municipality: str | None,
        addressee: Body | None,
        complained: Body | None,
        on: date,
    ) -> Facts:
        """All that routing may know; an addressee that no longer works is none."""
        working = addressee if self.bodies.working(addressee, on) else None
        return Facts(
            theme=theme,
            channel=channel,
            municipality=municipality,
            addressee=working.key if working else None,
            owners=self.bodies.owners(theme, self.rules, on, municipality),
            municipal_body=self.bodies.administration(municipality, on),
            barred=self.bodies.barred_by(complained),
        )

    @cached_property
    def _turns(self) -> tuple[date, ...]:
        """The days on which something begins or ends that a placement may hang on."""
        bodies, themes = self.bodies.rows, self.bodies.themes
        days = {day for body in bodies for day in (body.opened, body.closed)}
        days |= {day for theme in themes for day in (theme.since, theme.until)}
        return tuple(sorted({*self.blocks.turns, *(day for day in days if day)}))

    def _channel(self, key: str, on: date) -> Channel:
        channel = self.rules.find(Channel, key, on)
        if channel is None:
            raise Refusal(RefusalCode.UNKNOWN_CHANNEL, f"Канала «{key}» в регионе нет")
        return channel

    def _check_theme(self, key: str | None, on: date) -> None:
        if key is not None and self.rules.find(Theme, key, on) is None:
            raise Refusal(RefusalCode.UNKNOWN_THEME, f"Тематики «{key}» в регионе нет")

    def _municipality(self, new: NewAppeal, field: str, on: date) -> str | None:
        said: str | None = getattr(new, field)
        if said is None:
            return None
        if (place := standing(self.rules, said, on)) is not None:
            return place.key
        raise UnknownPlace(said, field)

    def _complained(self, key_or_name: str | None) -> Body | None:
        body = self.bodies.named(key_or_name)
        if key_or_name is not None and body is None:
            raise Refusal(RefusalCode.UNKNOWN_BODY, f"Органа «{key_or_name}» в справочнике нет")
        return body

    def _in_view(self, view: str, new: NewAppeal, addressee: Body | None, on: date) -> bool:
        """The region's narrower view falls back on the federal one where its act is silent."""
        kind = BodyKind(addressee.kind) if addressee else None
        people = self.rules.find(ApplicantScope, view, on) or self.rules.get(
            ApplicantScope, "federal", on
        )
        bodies = self.rules.find(Addressees, view, on) or self.rules.get(Addressees, "federal", on)
        return people.includes(new.applicant_kind, new.home) and bodies.includes(kind)


def filing_of(new: NewAppeal) -> Filing:
    """What the law asks of it to tell the regime; an address is postal or electronic."""
    contact = new.contact
    return Filing(
        identified_by=new.identified_by,
        named=bool(contact and contact.name),
        reachable=bool(contact and (contact.address or "@" in (contact.contact or ""))),
        told=contact is not None,
        anonymous=new.anonymous,
        regime=new.regime,
        order=new.order,
    )


_asked_of_what = attrgetter(
    "channel", "theme", "municipality", "addressee", "complained_body", "residence_municipality"
)
_asked_of_whom = attrgetter("applicant_kind", "residence")
"""All else of a new appeal that placing it may look at."""
