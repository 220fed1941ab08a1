"""Taking appeals in: the one use case behind the API, the importer and the adapters.

Idempotent by (channel, external id): what is known stays as it is, and a changed repeat is
reported. Nothing is refused for who writes: scope makes views, it does not turn people away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.appeals.classifier.choice import Categories, load_categories
from core.appeals.intake.arrival import Arrival, arrive
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.numbers import hold_numbers
from core.appeals.intake.opening import open_cases
from core.appeals.intake.placement import Placer
from core.appeals.intake.placer import placer_of
from core.appeals.intake.prepared import Prepared, prepared
from core.appeals.intake.stored import Identity, Stored, find_stored, tell_apart
from core.appeals.rules.receptions import ReceptionRule
from core.appeals.satisfaction.objections import Objections, load_objections
from core.kernel.access import require
from core.kernel.acts.federal import FZ59, RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.russian import Code


class Status(Code):
    """What became of one that came in: new, known already, or known with other content."""

    ADDED = "added", "принято"
    KNOWN = "known", "уже было принято"
    DIFFERING = "differing", "уже было принято с другим содержанием; оставлено первое"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The case behind what came in; `difference` names the fields in which a repeat differs."""

    status: Status
    appeal_id: int
    number: str
    routed: bool
    difference: tuple[str, ...] = ()


@serves(
    RU_1844.cite("2.region-centre.1"),
    RU_1844.cite("4.а.2"),
    RU_1844.cite("4.б.4.channels"),
    RU_1844.cite("10.в"),
)
async def take_in(work: Work, new: NewAppeal) -> TakenIn:
    """Take one appeal in; Refusal where it cannot be one. Needs TAKE_IN."""
    (result,) = await take_in_many(work, [new])
    if isinstance(result, Refusal):
        raise result
    return result


async def take_in_many(
    work: Work, news: Sequence[NewAppeal], *, carded: bool = False
) -> list[TakenIn | Refusal]:
    """Take many in, in their order; a bad one is refused in its place, the others are in.

    `carded` says that whoever calls writes the cards of what was told at a reception.
    """
    return await take_in_prepared(work, await prepared(news, work.now), carded=carded)


async def take_in_prepared(
    work: Work,
    given: Sequence[Prepared | Refusal],
    writing: Callable[[], None] = lambda: None,
    *,
    carded: bool = False,
) -> list[TakenIn | Refusal]:
    """The same for what was prepared ahead; a refusal among them stays in its place.

    `writing` is called when all is judged and the database begins to write what is new.
    """
    require(work.actor, Permission.TAKE_IN)
    sound = [one for one in given if isinstance(one, Prepared)]
    stored = await find_stored(work.session, list(dict.fromkeys(one.identity for one in sound)))
    fresh = [one for one in sound if one.identity not in stored]
    objections = await _objections(work, fresh)
    arrivals, refused = await _judge(work, fresh, objections, carded=carded)
    added, opened = await open_cases(work, arrivals, objections, writing)
    stored |= opened
    repeats = [one for one in sound if id(one) not in added and id(one) not in refused]
    told = await _repeated(work, repeats, stored)
    results: list[TakenIn | Refusal] = []
    for one in given:
        if isinstance(one, Refusal):
            results.append(one)
        elif id(one) in added:
            results.append(_result(Status.ADDED, stored[one.identity]))
        else:
            results.append(refused.get(id(one)) or told[id(one)])
    return results


async def _judge(
    work: Work, fresh: Sequence[Prepared], objections: Objections, *, carded: bool
) -> tuple[list[Arrival], dict[int, Refusal]]:
    """What is new, judged by the rules, one for each identity; and what they refuse."""
    arrivals: dict[Identity, Arrival] = {}
    refused: dict[int, Refusal] = {}
    if fresh:
        placer = await placer_of(work)
        named = {one.new.category for one in fresh if one.new.category is not None}
        categories = await load_categories(work.session, named)
    for one in fresh:
        if one.identity not in arrivals:
            try:
                arrival = _arrive(work, placer, one, objections, categories)
                if not carded:
                    _check_card(work, arrival)
                arrivals[one.identity] = arrival
            except Refusal as refusal:
                refused[id(one)] = refusal
    return list(arrivals.values()), refused


def _check_card(work: Work, arrival: Arrival) -> None:
    """What was told at a reception comes in with its card; what was answered is history."""
    channel, on = arrival.placement.channel.key, arrival.days[0]
    rule = work.rules.find(ReceptionRule, channel, on)
    if rule is not None and arrival.answered_at is None:
        text = "Обращение с личного приёма принимают с карточкой личного приёма"
        raise Refusal(RefusalCode.CARD_REQUIRED, text, rule.clause)


def _arrive(
    work: Work, placer: Placer, one: Prepared, objections: Objections, categories: Categories
) -> Arrival:
    """A disagreement with an answer is a complaint about whoever gave it (59-ФЗ, 8 ч. 6)."""
    if one.new.disputes is None:
        return arrive(work, placer, one, categories)
    answerer = objections.answerer(objections.disputed(one.new.disputes))
    about = one.new.complained_body or answerer
    if answerer and answerer not in placer.bodies.barred_by(placer.bodies.named(about)):
        text = "Возражение на ответ является жалобой на орган, который его дал; указан другой орган"
        raise Refusal(RefusalCode.INVALID, text, FZ59.cite("8.6"))
    aimed = one._replace(new=one.new._replace(complained_body=about))
    return arrive(work, placer, aimed, categories)._replace(prepared=one)


async def _objections(work: Work, fresh: Sequence[Prepared]) -> Objections:
    """What they dispute; the counter is locked before those cases are, as where copies begin."""
    numbers = {one.new.disputes for one in fresh if one.new.disputes is not None}
    if numbers:
        await hold_numbers(work)
    return await load_objections(work, numbers)


async def _repeated(
    work: Work, repeats: Sequence[Prepared], stored: Mapping[Identity, Stored]
) -> dict[int, TakenIn]:
    """What repeats are: known, or differing from what the case was opened with."""
    pairs = [(one, stored[one.identity]) for one in repeats]
    changed = [(case.appeal_id, one.new) for one, case in pairs if one.digest != case.digest]
    told = iter(await tell_apart(work.session, changed))
    return {
        id(one): _result(Status.KNOWN, case)
        if one.digest == case.digest
        else _result(Status.DIFFERING, case, next(told))
        for one, case in pairs
    }


def _result(status: Status, case: Stored, difference: tuple[str, ...] = ()) -> TakenIn:
    return TakenIn(status, case.appeal_id, case.number, case.routed, difference)
