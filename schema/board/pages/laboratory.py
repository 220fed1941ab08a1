"""The laboratory of ratings: a draft of a method put together in a form, tried on past quarters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.kernel.access import Scope
from core.kernel.codes import Permission, RefusalCode
from core.law.periods import Periodicity, period_of
from core.ratings.drafts import KNOWN
from core.ratings.movers import VOLUME
from core.ratings.quarter import before, written
from core.ratings.rules import PeersBy, Rated, RatingMethod
from schema.board.saved import Failed, PageContext
from schema.board.words.values import quarter

NUMBERS = {
    "days": "Суток до полного балла за сроки",
    "hours": "Или часов до него",
    "volume": "Наименьшее число обращений",
    "followed": "Суток наблюдения",
}
"""What a draft changes beside weights, as the form calls it."""

PEERS = ("peers", "bounds", "rates")
WEIGHT, SHOWN, PAST = "weight-", 10, 4
"""So many cases of a mover are opened at once, so many past quarters are offered."""

DRAFT = ("lab", "quarters", WEIGHT, *NUMBERS, *PEERS)
"""What an address says of a draft."""


def keeps(context: PageContext) -> bool:
    """Whether the reader keeps the ratings of the whole region."""
    both = (Permission.READ_APPEALS, Permission.MANAGE_INDICATORS)
    return all(Scope() in context.actor.scopes(one) for one in both)


async def laboratory(context: PageContext, asked: Mapping[str, str]) -> Mapping[str, Any] | None:
    """The form, and what a run says where the address has a draft; None for who keeps no ratings.

    A run that is refused says why beside the form.
    """
    if not keeps(context):
        return None
    methods = context.region.rules.all(RatingMethod, context.today)
    chosen = next((one for one in methods if one.key == asked.get("lab")), methods[0])
    weights = {one.key: one for one in chosen.criteria if one.direction is not None}
    names = {key: make(chosen.clause).name for key, make in KNOWN.items()}
    names |= {key: one.name for key, one in weights.items()}
    told = {
        "methods": methods,
        "method": chosen,
        "weights": [
            (f"{WEIGHT}{key}", name, asked.get(f"{WEIGHT}{key}", ""),
             weights[key].weight if key in weights else 0)
            for key, name in names.items()
        ],
        "numbers": [(key, name, asked.get(key, "")) for key, name in NUMBERS.items()],
        "quarters": _quarters(context, asked),
        "through": {**names, VOLUME: "наименьшее число обращений"},
        "peers": [*PeersBy],
        "rates": [*Rated],
        "chosen": {name: asked.get(name, "") for name in PEERS},
        "runs": None,
        "refused": None,
        "most": SHOWN,
    }  # fmt: skip
    if "lab" in asked:
        try:
            told["runs"] = await _run(context, chosen.key, asked)
        except Failed as failed:
            told["refused"] = failed.text
    return told


async def _run(
    context: PageContext, method: str, asked: Mapping[str, str]
) -> list[Mapping[str, Any]]:
    weights = [
        {"criterion": name.removeprefix(WEIGHT), "weight": _whole(value)}
        for name, value in asked.items()
        if name.startswith(WEIGHT) and value
    ]
    draft: dict[str, Any] = {name: _whole(asked[name]) for name in NUMBERS if asked.get(name)}
    bounds = [_whole(one) for one in asked.get("bounds", "").split()]
    if bounds and not asked.get("peers"):
        said = "Границы групп по размеру нужны, когда выбрано, с кем сравнивать"
        raise Failed(RefusalCode.INVALID, said)
    if asked.get("peers"):
        draft["peers"] = {"by": asked["peers"].upper(), "bounds": bounds}
    if asked.get("rates"):
        draft["rates"] = asked["rates"].upper()
    found = await context.ask(
        "RatingLaboratory",
        method=method,
        periods=_tried(asked),
        draft={"weights": weights, **draft},
    )
    runs: list[Mapping[str, Any]] = found["ratingLaboratory"]
    return runs


def _quarters(context: PageContext, asked: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """The past quarters, each with its name and whether it is tried: all where none is named."""
    tried, known = _tried(asked), past(context)
    other = [one for one in tried if one not in known]
    return [(one, quarter(one), not tried or one in tried) for one in (*known, *other)]


def _tried(asked: Mapping[str, str]) -> list[str]:
    return asked.get("quarters", "").replace(",", " ").split()


def past(context: PageContext) -> list[str]:
    """The last quarters that are over, the latest first."""
    found, period = [], period_of(context.today, Periodicity.QUARTER)
    for _ in range(PAST):
        period = before(period)
        found.append(written(period))
    return found


def _whole(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return int(text)
    said = f"Вместо «{text[:20]}» нужно целое число без знака, не больше девяти цифр"
    raise Failed(RefusalCode.INVALID, said)
