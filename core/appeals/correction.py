"""Correcting what a case was taken in with: what follows is told by the law anew, and said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.model import Applicant
from core.appeals.applicants.service import sealed_row
from core.appeals.case import Case
from core.appeals.choices import Choice, Offer, fitting
from core.appeals.classifier.choice import Categories, load_categories
from core.appeals.classifier.model import Category
from core.appeals.erasing.columns import WORKING
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.placement import Placement, Placer
from core.appeals.intake.placer import placer_of
from core.appeals.model import Appeal, address_words
from core.appeals.rules.intake import ApplicantKind, Residence
from core.appeals.rules.lifecycle import Fact, State, Transition
from core.appeals.step import Asking, Step
from core.appeals.words import CORRECTED
from core.directory.bodies import find_body
from core.directory.model import Body
from core.directory.queries import names_of
from core.directory.rules.bodies import Theme
from core.kernel.acts.federal import FZ59
from core.kernel.aside import aside
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.rules.passport import Municipality
from core.kernel.sealing.concealing import concealed
from core.kernel.search import remember_forms, terms
from core.kernel.texts import LONGEST_REASON, LONGEST_TEXT, readable, reasoned
from core.kernel.work import Work

CLAUSE = FZ59.cite("8.2")
"""What is registered must be what was sent."""

GONE = frozenset({Fact.TRANSFERRED, Fact.COPIED})
"""Another body has the case, or its copy, as it was; what it has is not changed behind its back."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to stand instead, None leaves it: keys of the rulebook and of a body; a contact."""

    theme: str | None = None
    municipality: str | None = None
    addressee: str | None = None
    address: str | None = None
    text: str | None = None
    contact: Contact | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What has changed, by the names of `Correction` and beyond; what the law proposes now.

    `changed` has old and new: keys of a body and of a category, nothing of who the applicant is.
    `proposed` is the body that today's routes name, where it is not the one that has the case;
    `due_before` and `due_after` the governing deadline, aware UTC.
    """

    appeal: Appeal
    changed: Mapping[str, tuple[Any, Any]]
    proposed: Body | None
    due_before: datetime | None
    due_after: datetime | None


def _transition(_work: Asking) -> Transition:
    open_here = frozenset({State.QUEUED, State.ASSIGNED, State.IN_WORK})
    return Transition("correct", open_here, None, Permission.ROUTE, Fact.CORRECTED, clause=CLAUSE)


async def _check_here(case: Case) -> None:
    gone = next((entry for entry in case.entries if entry.fact in GONE), None)
    if gone is not None:
        on = local_date(gone.at, case.work.zone)
        found = (await case.work.session.execute(names_of({gone.body}))).one_or_none()
        called = found.name if found else gone.body
        text = (
            f"Обращение {on:%d.%m.%Y} уже направлено органу «{called}» таким, каким было:"
            " исправить его нельзя, сообщите об ошибке этому органу"
        )
        raise Refusal(RefusalCode.WRONG_STATE, text, FZ59.cite("8.3"))


def _named(kind: type[Theme | Municipality]) -> Offer:
    """Rules of the day of receipt, by which a case is judged."""

    def offer(case: Case) -> list[Choice]:
        rules = case.work.rules.all(kind, _received_on(case))
        return sorted((Choice(one.key, one.name) for one in rules), key=lambda one: one.name)

    return offer


async def _categories(case: Case) -> list[Choice]:
    """What the classifier takes of that day, in the place of the case."""
    on, place = _received_on(case), case.appeal.municipality
    rows = await case.work.session.scalars(
        select(Category).where(Category.holds(on)).order_by(Category.id)
    )

    def judge(row: Category) -> None:
        Categories({row.key: (row,)}, ()).chosen(row.key, on, None, place)

    return await fitting(rows, judge, lambda one: Choice(one.key, one.words))


def _received_on(case: Case) -> date:
    return local_date(case.appeal.received_at, case.work.zone)


CHOICES: Mapping[str, Offer] = {
    "theme": _named(Theme),
    "municipality": _named(Municipality),
    "category": _categories,
}
CORRECT = Step("correct", (_check_here,), _transition, CHOICES)


async def correct(
    work: Work,
    appeal_id: int,
    new: Correction,
    reason: str,
    *,
    expected_version: int | None = None,
) -> Corrected:
    """Correct what a case was taken in with; the ledger keeps old and new. Needs ROUTE.

    Theme, place and addressee are judged by the law of the day of receipt, as terms are; the body
    is proposed by the law of today and not changed. The applicant needs READ_PERSONAL_DATA, text
    and address READ_CONTENT. Refuses WRONG_STATE once the case or a copy has gone to another body,
    INVALID where nothing is to change.
    """
    if new.text is not None:
        await aside(remember_forms, new.text)
    case = await CORRECT.open(work, appeal_id, expected_version)
    reason = reasoned(reason, CLAUSE)
    _check(case, new)
    appeal, due_before = case.appeal, case.appeal.due_at
    placer = await placer_of(work)
    received_on = _received_on(case)
    said, category = await _classified(work, appeal, _said(appeal, placer, new), new, received_on)
    values = _placed(appeal, placer.place(said, received_on)) | _written(new)
    if category is not None:
        values["category_id"] = category.id
    if new.contact is not None:
        values["applicant_id"] = await _sealed(work, new.contact)
    changed = {
        name: (getattr(appeal, name), value)
        for name, value in values.items()
        if getattr(appeal, name) != value
    }
    if not changed:
        raise Refusal(RefusalCode.INVALID, "Исправлять нечего: всё так и записано", CLAUSE)
    for name, (_, value) in changed.items():
        setattr(appeal, name, value)
    told = kept_of(work, {name: pair for name, pair in changed.items() if name not in DERIVED})
    given = category.said if category is not None and "category_id" in changed else {}
    await case.advance(reason=reason, data={CORRECTED: told, **given})
    route = placer.place(said, work.today).body
    elsewhere = route is not None and route.id != appeal.body_id
    shown = await _shown(work, placer, changed)
    return Corrected(appeal, shown, route if elsewhere else None, due_before, appeal.due_at)


def kept_of(work: Work, changed: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
    """Old and new as the ledger keeps them: a person's words under a key that can be destroyed."""
    told: dict[str, Any] = {name: list(pair) for name, pair in changed.items()}
    words = {name: pair for name, pair in told.items() if name in PERSONAL}
    return told | concealed(work.sealing.vault, words)


DERIVED = frozenset({"terms", "address_words"})
"""What follows from a text and is not told beside it."""

PERSONAL = WORKING[Appeal].keys() - DERIVED
"""What an erasure destroys of the case itself; no row of the ledger can be changed."""


async def _shown(
    work: Work, placer: Placer, changed: Mapping[str, tuple[Any, Any]]
) -> dict[str, tuple[Any, Any]]:
    """What has changed as whoever corrects it says it: keys in the place of rows."""
    keys: dict[str, dict[int, str]] = {
        "addressee_id": {row.id: row.key for row in placer.bodies.rows},
        "category_id": {},
        "applicant_id": {},
    }
    if given := [one for one in changed.get("category_id", ()) if one is not None]:
        query = select(Category.id, Category.key).where(Category.id.in_(given))
        keys["category_id"] = {row.id: row.key for row in await work.session.execute(query)}
    shown: dict[str, tuple[Any, Any]] = {}
    for name, (old, new) in changed.items():
        if name in keys:
            shown[name.removesuffix("_id")] = keys[name].get(old), keys[name].get(new)
        elif name not in DERIVED:
            shown[name] = old, new
    return shown


def _check(case: Case, new: Correction) -> None:
    given = {one.name for one in fields(new) if getattr(new, one.name) is not None}
    needed = {Permission.READ_CONTENT} if given & {"text", "address"} else set()
    needed |= {Permission.READ_PERSONAL_DATA} if "contact" in given else set()
    for permission in sorted(needed):
        if not case.work.actor.may(permission, case.appeal):
            text = f"Для такого исправления нужно право «{permission.label}»"
            raise Refusal(RefusalCode.FORBIDDEN, text, FZ59.cite("6.2"))
    if new.text is not None and not new.text.strip():
        raise Refusal(RefusalCode.TEXT_EMPTY, "Текст обращения пуст", CLAUSE)
    for said, most in ((new.text, LONGEST_TEXT), (new.address, LONGEST_REASON)):
        if said is not None and len(said) > most:
            raise Refusal(RefusalCode.TEXT_TOO_LONG, f"Текст длиннее {most} знаков", CLAUSE)
        if said is not None and not readable(said):
            raise Refusal(RefusalCode.TEXT_UNREADABLE, "В тексте недопустимые знаки", CLAUSE)


async def _classified(
    work: Work, appeal: Appeal, said: NewAppeal, new: Correction, on: date
) -> tuple[NewAppeal, Category | None]:
    """The case with its category, another one if it is named; what it is about follows that."""
    if new.category is None:
        query = select(Category).where(Category.id == appeal.category_id)
        kept = await work.session.scalar(query)
        if kept and new.theme is not None and kept.theme not in (None, new.theme):
            text = f"Категория «{kept.words}» относится к другой тематике: исправьте и её"
            raise Refusal(RefusalCode.UNKNOWN_CATEGORY, text, kept.clause)
        return said, None
    found = await load_categories(work.session, {new.category})
    category = found.chosen(new.category, on, new.theme, said.municipality)
    theme = category.theme if category else None
    return said._replace(theme=theme or said.theme), category


def _said(appeal: Appeal, placer: Placer, new: Correction) -> NewAppeal:
    """The case as it would come in now, as far as its place hangs on it."""
    bodies = placer.bodies
    if new.addressee is not None:
        find_body(bodies, new.addressee)
    keys = {row.id: row.key for row in bodies.rows}
    return NewAppeal(
        channel=appeal.channel,
        external_id=appeal.external_id,
        text=appeal.text,
        theme=new.theme or appeal.theme,
        municipality=new.municipality or appeal.municipality,
        addressee=new.addressee or keys.get(appeal.addressee_id or 0),
        complained_body=keys.get(appeal.complained_body_id or 0),
        applicant_kind=ApplicantKind(appeal.applicant_kind),
        residence=Residence(appeal.residence),
        residence_municipality=appeal.residence_municipality,
    )


def _placed(appeal: Appeal, place: Placement) -> dict[str, Any]:
    """What the law makes of the place; a copy is counted in no view, as before."""
    views = {"in_region_view": place.in_region_view, "in_federal_view": place.in_federal_view}
    return {
        "theme": place.theme,
        "municipality": place.municipality,
        "addressee_id": place.addressee.id if place.addressee else None,
        "block": place.block.key if place.block else None,
        "significant": place.significant,
        **({} if appeal.copy_of_id is not None else views),
    }


def _written(new: Correction) -> dict[str, Any]:
    text = {} if new.text is None else {"text": new.text, "terms": terms(new.text)}
    if new.address is None:
        return text
    return {**text, "address": new.address, "address_words": address_words(new.address)}


async def _sealed(work: Work, contact: Contact) -> int:
    """The id of the new contact; the old one stays sealed where the ledger says."""
    applicant = Applicant(**sealed_row(work, contact))
    work.session.add(applicant)
    await work.session.flush()
    return applicant.id
