"""Forms of indicators: a kind, an owner, a period chosen by their names; what the page knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from secrets import token_hex
from typing import Any

from core.indicators.rules.kinds import OwnerKind
from core.kernel.codes import Authority
from core.law.periods import Periodicity, period_name, period_of, previous
from schema.board.forms.controls import NOBODY, Choices, Control
from schema.board.saved import PageContext
from schema.board.words.values import stretch

PROPOSING = "proposeIndicator"
SIGNING = ("signIndicator", "declineIndicator")
OFFERED = 14
"""So many periods may be chosen from."""


async def proposed(context: PageContext, controls: Iterable[Control]) -> tuple[Control, ...]:
    """The fields of a new one: kinds, formulas and owners are chosen by what they are called."""
    found = await choices(context)
    kinds = found["indicatorKindsToPropose"]
    owners = {
        OwnerKind.BLOCK.label: found["blocks"],
        OwnerKind.THEME.label: found["rulebook"]["themes"],
        OwnerKind.MUNICIPALITY.label: found["rulebook"]["municipalities"],
        OwnerKind.BODY.label: (await context.ask("ChooseBody"))["bodies"]["nodes"],
    }
    named: Mapping[str, tuple[str, Choices]] = {
        "key": (
            "Новая редакция какого показателя, если он уже есть",
            tuple((one["key"], one["name"]) for one in found["indicators"]["nodes"]),
        ),
        "kind": (
            "Вид",
            tuple((one["key"], one["wording"].partition(":")[0]) for one in kinds),
        ),
        "formula": (
            "Формула; без неё значения вносят вручную",
            tuple((one["key"], one["name"]) for one in found["indicatorFormulas"]),
        ),
        "owner": (
            "Чей именно, если это не центр и не его подразделение",
            tuple(
                (one["key"], f"{label}: {one['name']}")
                for label, rows in owners.items()
                for one in rows
            ),
        ),
    }
    return tuple(
        replace(one, label=named[one.name][0], kind="select", options=named[one.name][1],
                required=False)
        if one.name in named
        else one
        for one in controls
    )  # fmt: skip


async def choices(context: PageContext) -> Mapping[str, Any]:
    """What a new indicator is made of, as the reader may propose it."""
    return await context.ask("IndicatorChoices", on=context.today.isoformat())


def with_periods(
    context: PageContext, shown: Mapping[str, Any], controls: Iterable[Control]
) -> tuple[Control, ...]:
    """The fields with periods of the indicator by their names: the next one, this and the last."""
    length = Periodicity[shown["periodicity"]]
    since = date.fromisoformat(shown["since"])
    until = date.fromisoformat(shown["until"]) if shown["until"] else date.max
    period = period_of(period_of(context.today, length).end, length)
    options: list[tuple[str, str]] = []
    while period.start >= since and len(options) < OFFERED:
        if period.start < until:
            told = stretch(period_name(period, length))
            options.append((period.start.isoformat(), told))
        period = previous(period)
    return tuple(
        replace(one, label="Период", kind="select", options=(NOBODY, *options))
        if one.name == "day"
        else one
        for one in controls
    )


def by_document(shown: Mapping[str, Any], mutation: str) -> bool:
    """Whether the signature is of a party outside, which decides by a document of its own."""
    parties = [Authority[one["by"]] for one in shown["openSteps"]]
    outside = (not one.of_the_centre and one is not Authority.CENTRE for one in parties)
    return mutation in SIGNING and any(outside)


def filled(shown: Mapping[str, Any], mutation: str, given: dict[str, Any]) -> dict[str, Any]:
    """The input with what the page knows: the signature that is next; a figure as the API reads."""
    if mutation == PROPOSING:
        given.setdefault("key", f"indicator-{token_hex(4)}")
    if mutation == SIGNING[0]:
        given |= {name: one[name] for one in shown["openSteps"] for name in ("deed", "by")}
    if "amount" in given:
        given["amount"] = "".join(given["amount"].split()).replace(",", ".")
    return given
