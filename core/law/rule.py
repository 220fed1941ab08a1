"""What every rule has: a key, the clause that orders it and the dates between which it holds."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Annotated, ClassVar, Self

from core.law import days
from core.law.act import Clause
from core.law.fault import LawError
from core.law.reference import To
from core.law.values import misfits

DAYS = frozenset({date, type(None)})


@dataclass(frozen=True)
class Rule:
    """A frozen piece of law; none sees a session, a clock or another rule.

    A kind of rule is a subclass in one place: its fields, its `code` in every edition, the
    `heading` of its section, its `sentence` and, where it can be compared, `no_looser_than`.
    Nothing else lists the kinds. `code` never changes, whatever becomes of the class's name.
    A kind is `only_said` when no code decides by it: its rules tell what an act says, and serve
    no clause that orders more than data. Nor does a kind that `names_only`: code reads what its
    rules are called, and what else the clause orders of it is for other rules to do.

    `since` is the first day it holds, `until` the first day it does not (both local dates): by
    default as long as the clause, never longer (R44).
    `floor` forbids a later layer to ask less; `replaces` names the clause superseded.
    `below_floor` admits that the act asks less than the floor that it replaces: only a kind that
    is `lowerable` may, and the report to the competence centre says so (R10, R17).
    `absorbs` are keys of earlier rules of its kind that it takes in whole, being no less strict.
    `municipality` limits the rule to one municipality (its stable id).
    """

    code: ClassVar[str] = ""
    heading: ClassVar[str] = ""
    judged_apart: ClassVar[bool] = True
    noun: ClassVar[str] = ""
    """One of the kind, in the nominative, where other rules name it."""

    located: ClassVar[bool] = False
    """Its municipality says where it is, not for whom it holds: rules of any place may name it."""
    only_said: ClassVar[bool] = False
    names_only: ClassVar[bool] = False
    lowerable: ClassVar[bool] = False
    called: ClassVar[str] = ""
    """The name of the kind for readers of the law, where the class is called otherwise."""

    free: ClassVar[frozenset[str]] = frozenset()
    """Fields in which an empty list or a number below nought says something."""

    key: str
    _: KW_ONLY
    clause: Clause
    since: date | None = None
    until: date | None = None
    floor: bool = False
    below_floor: bool = False
    replaces: Clause | None = None
    absorbs: frozenset[str] = frozenset()
    municipality: Annotated[str | None, To("Municipality")] = None

    def __post_init__(self) -> None:
        """Hold no longer than the clause does: its own dates stand where the rule names none."""
        if not isinstance(self.clause, Clause) or not {type(self.since), type(self.until)} <= DAYS:
            for text in misfits(self):
                raise LawError(f"{self.called_for(self.key)}: {text}")
        introduced, repealed = self.clause.introduced, self.clause.repealed
        object.__setattr__(self, "since", self.since or introduced)
        object.__setattr__(self, "until", self.until or repealed)
        early = introduced and self.since and self.since < introduced
        late = repealed and self.until and self.until > repealed
        if early or late:
            raise LawError(f"{self} в эти дни не действует")
        if self.since and self.until and self.until <= self.since:
            raise LawError(f"{self} не действует ни дня: конец не позже начала")

    def __str__(self) -> str:
        return f"{self.called_for(self.key)}: {self.clause.ref} ({self.clause.title})"

    @classmethod
    def kind_name(cls) -> str:
        """How the kind is called outside the code: in the API, editions and messages."""
        return cls.called or cls.__name__

    @classmethod
    def called_for(cls, key: str) -> str:
        """The kind and a key for a Russian line: «тематика «roads»», else by its section."""
        noun = cls.noun or (f"правило раздела «{cls.heading}»," if cls.heading else "правило")
        return f"{noun} «{key}»"

    def sentence(self) -> str:
        """What the rule orders, in one Russian sentence; every kind says its own."""
        raise NotImplementedError(f"Нет словесного изложения для {type(self).__name__}")

    def holds(self, on: date) -> bool:
        """Whether the rule is in force on this local date."""
        return days.holds(self.since, self.until, on)

    def overlaps(self, other: Rule) -> bool:
        """Whether there is a day on which both rules are in force."""
        return days.meet((self.since, self.until), (other.since, other.until))

    def no_looser_than(self, other: Self) -> bool:
        """Whether this rule asks at least what `other` asks; kinds that can compare override it."""
        return False

    def undercuts(self, floor: Rule) -> bool:
        """Whether by this rule, beside the floor or in its place, less is asked than by it.

        A kind whose rules bear on one another under several keys says so itself.
        """
        same = type(self) is type(floor) and self.key == floor.key
        return same and not self.no_looser_than(floor)

    def stricter_than(self, other: Self) -> bool:
        """Whether this rule tightens `other`: asks at least the same, and `other` asks less."""
        return self.no_looser_than(other) and not other.no_looser_than(self)
