"""Indicators of the centre: targets and values by period, who is to sign, what is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from core.indicators.rules.attainment import Direction, attained, attainment
from core.indicators.rules.kinds import IndicatorKind, IndicatorState, OwnerKind, Stage
from core.law.periods import Period, Periodicity, period_name, period_of
from core.problems.model import ProblemCategory
from schema.board.forms.indicators import PROPOSING, choices
from schema.board.lists.address import following, one_of
from schema.board.lists.appeals import PAGE
from schema.board.saved import Failed, PageContext
from schema.board.words.values import THIN, Codes, at, moment, number, plain, stretch
from schema.graphql.ids import decode_id, global_id

ROOM, PLACE = "Показатели", "indicators"
SHOWN = 4
"""So many periods of an indicator stand in its row; the earlier ones are folded."""

STATES = {one.name: one.label for one in IndicatorState}
ADVANCING = "advanceIndicatorValue"
NEW = "new"
NOT_MINE = "Показатель предлагает тот, кому это даёт его вид"
NO_TARGET, NO_VALUE = "цель не установлена", "значения нет"


async def every(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """What is to be signed, and the indicators of today, or of the state that the address asks."""
    state = one_of(asked, "state", STATES)
    on, after = context.today.isoformat(), asked.get("after") or None
    wanted = {"state": state} if state else {"on": on}
    found = await context.ask("Indicators", filter=wanted, on=on, first=PAGE, after=after)
    page, proposed = found["page"], found["proposed"]
    names = _names(found)
    bodies = {one["ownerKind"] for one in (*page["nodes"], *proposed["nodes"])}
    if OwnerKind.BODY.name in bodies:
        known = (await context.ask("ChooseBody"))["bodies"]["nodes"]
        names[OwnerKind.BODY.name] = {one["key"]: one["name"] for one in known}
    if OwnerKind.CATEGORY.name in bodies:
        names[OwnerKind.CATEGORY.name] = await _categories(context, names["THEME"])
    for one in (*page["nodes"], *proposed["nodes"]):
        _tell(context, one, names)
    kinds = {one["key"]: one["wording"].partition(":")[0] for one in found["rulebook"]["rules"]}
    return {
        "page": page,
        "proposes": bool(found["indicatorKindsToPropose"]),
        "proposed": proposed,
        "late": [one for one in page["nodes"] if one["late"]],
        "gaps": [_gap(one, kinds, names) for one in found["incompleteIndicators"]],
        "state": state or "",
        "states": STATES,
        "following": following(page, {"state": state} if state else {}),
    }


async def find(context: PageContext, number: str) -> Mapping[str, Any]:
    """One indicator as its steps need it; Failed NOT_FOUND where there is none of this number.

    What stands for it where a new one is proposed: who may, its kind says.
    """
    if number == NEW:
        kinds = (await choices(context))["indicatorKindsToPropose"]
        offered = [{"mutation": PROPOSING, "allowed": bool(kinds), "text": NOT_MINE}]
        none: Mapping[str, Any] = {"openSteps": (), "signatures": (), "state": None}
        return {"id": None, "title": ROOM, "offered": offered, **none}
    row = plain(number)
    node = None
    if row:
        node = (await context.ask("Indicator", id=global_id("Indicator", row)))["node"]
    if node is None:
        raise Failed("NOT_FOUND", f"Показателя № {number} нет")
    return {**node, "title": node["name"]}


def _names(found: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    """What owners are called, by their sort and key."""
    book = found["rulebook"]
    sorts = {"BLOCK": found["blocks"], "THEME": book["themes"]}
    sorts["MUNICIPALITY"] = book["municipalities"]
    return {sort: {one["key"]: one["name"] for one in rows} for sort, rows in sorts.items()}


async def _categories(context: PageContext, themes: Mapping[str, str]) -> Mapping[str, str]:
    """What categories of problems are called: those of the act, and themes where it has none."""
    async with context.reading() as work:
        rows = await work.session.execute(select(ProblemCategory.key, ProblemCategory.name))
        return {**themes, **{one.key: one.name for one in rows}}


def _tell(
    context: PageContext, one: dict[str, Any], names: Mapping[str, Mapping[str, str]]
) -> None:
    """Add to an indicator what the page says of it."""
    one["number"] = decode_id(one["id"], "Indicator")
    one["ownerName"] = _owner(context, one, names)
    one["called"] = one["kind"]["wording"].partition(":")[0] if one["kind"] else "вида больше нет"
    told = [_period(context, one, start) for start in _starts(context, one)]
    one["periods"], one["before"] = told[:SHOWN], told[SHOWN:]
    one["late"] = [row for row in told if row["late"]]
    held = any(row["waits"] for row in told)
    allowed = [step["mutation"] for step in one["offered"] if step["allowed"]]
    one["steps"] = [step for step in allowed if held or step != ADVANCING]


def _owner(
    context: PageContext, one: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]
) -> str:
    sort, key = one["ownerKind"], one["owner"]
    if sort == OwnerKind.CENTRE.name:
        return context.region.passport.centre_short
    label = OwnerKind[sort].label
    return f"{label} «{names.get(sort, {}).get(key, key)}»" if key else label


def _starts(context: PageContext, one: Mapping[str, Any]) -> list[date]:
    """First days of the periods to be told, the latest first: with figures, the last, this one."""
    if one["state"] != IndicatorState.APPROVED.name:
        return []
    since = date.fromisoformat(one["since"])
    until = date.fromisoformat(one["until"]) if one["until"] else date.max
    length = Periodicity[one["periodicity"]]
    now = period_of(context.today, length)
    last = period_of(date.fromordinal(now.start.toordinal() - 1), length)
    told = {date.fromisoformat(row["period"]) for row in (*one["targets"], *one["values"])}
    told |= {start for start in (now.start, last.start) if since <= start < until}
    return sorted(told, reverse=True)


def _period(context: PageContext, one: Mapping[str, Any], start: date) -> dict[str, Any]:
    """One period: the figures that count, whether the target is reached, what is missing."""
    length = Periodicity[one["periodicity"]]
    period = period_of(start, length)
    target, value = (_counting(one[name], start) for name in ("targets", "values"))
    waits = _waits(context, one, value, period) if value else ()
    closed = period.closed(context.today)
    told = _judged(one, target, value) if target and value and not waits else {}
    late = [] if target else [NO_TARGET]
    late += [NO_VALUE] if closed and value is None else []
    late += [f"значение ждёт: {', '.join(waits)}"] if closed and waits else []
    return {
        "name": stretch(period_name(period, length)),
        "target": _amount(target, one["unit"]),
        "value": _amount(value, one["unit"]),
        "ground": value["ground"] if value else "",
        "waits": waits,
        "closed": closed,
        "late": late,
        "reached": None,
        "share": None,
        **told,
    }


def _counting(rows: list[Mapping[str, Any]], start: date) -> Mapping[str, Any] | None:
    """The last version of the period."""
    own = (row for row in rows if row["period"] == start.isoformat())
    return max(own, key=lambda row: int(row["version"]), default=None)


def _waits(
    context: PageContext, one: Mapping[str, Any], value: Mapping[str, Any], period: Period
) -> tuple[str, ...]:
    """Stages that the value has yet to pass before it counts, by the law of its period (R44)."""
    day = max(period.start, date.fromisoformat(one["since"]))
    key = one["kind"]["key"] if one["kind"] else ""
    rule = context.region.rules.find(IndicatorKind, key, day)
    passed = {Stage[row["stage"]] for row in value["stages"]}
    return tuple(stage.label for stage in (rule.stages if rule else ()) if stage not in passed)


def _judged(
    one: Mapping[str, Any], target: Mapping[str, Any], value: Mapping[str, Any]
) -> dict[str, Any]:
    reached, aim = (Fraction(row["amount"]["exact"]) for row in (value, target))
    way = Direction[one["direction"]]
    share = attainment(reached, aim, way)
    percent = None if share is None else f"{number(float(100 * share))}{THIN}%"
    return {"reached": attained(reached, aim, way), "share": percent}


def _amount(row: Mapping[str, Any] | None, unit: str) -> str | None:
    """«95,5 %» with all its digits; None where there is no such figure."""
    return None if row is None else f"{row['amount']['decimal'].replace('.', ',')}{THIN}{unit}"


def _gap(
    one: Mapping[str, Any], kinds: Mapping[str, str], names: Mapping[str, Mapping[str, str]]
) -> Mapping[str, Any]:
    every_name = {key: name for sort in names.values() for key, name in sort.items()}
    owner = every_name.get(one["owner"], one["owner"]) if one["owner"] else ""
    row = one["indicator"]
    what = row["name"] if row else "показателя нет"
    return {**one, "called": kinds.get(one["kind"], one["kind"]), "ownerName": owner, "what": what}


def changed(
    context: PageContext, shown: Mapping[str, Any], since: datetime
) -> list[dict[str, str]]:
    """Signatures that were given after the reader saw it."""
    code = Codes(context.endpoint.types)
    later = (one for one in shown["signatures"] if moment(one["at"]) > since)
    return [{"at": at(one["at"], context.zone), "text": _said(code, one)} for one in later]


def _said(code: Codes, one: Mapping[str, Any]) -> str:
    verb = "отказал" if one["declined"] else code(one["deed"], "Deed")
    return f"{code(one['party'], 'Authority')} {verb}"
