"""What of a rating is told to who may not see its cases: nothing that they could be told from.

Cases as any count, the score to the whole point, and what follows from these two alone: an exact
error, or a mean of exact scores, would tell how many cases there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from core.ratings.rules import FULL, PeersBy
from core.ratings.scoring import Sums, own
from core.ratings.words import group, standing
from core.shapes.figures.disclosure import LEAST_TOLD, told_count
from core.statistics.intervals import quantile
from core.statistics.shrinkage import Peers, Score, peers_of

COMMON = ("peers", "chance", "between", "lead")
OWN = ("cases", "squares", "raw", "contributions")
"""What those compared have in common; what the cases of one tell without anybody else's."""


def by_theme(told: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    """Whether its body is rated in each theme apart, and so nowhere as a whole."""
    kinds = told.get("per_theme", ())
    apart = bool(kinds) and ("groups" not in told or group(entry) in kinds)
    return apart or entry["theme"] is not None


def rounded(
    told: Mapping[str, Any], exact: Callable[[str], bool], *, open_: bool
) -> Mapping[str, Any]:
    """The entries that are the reader's and, where it is open to all, the others that may be told.

    What those compared have in common is told of a group of which he is told anybody.
    """
    peers = _peers(told)
    entries = [
        {
            **_rounded(one, peers),
            **({name: one[name] for name in OWN} if exact(one["subject"]) else {}),
            "standing": standing(told, one),
        }
        for one in told["entries"]
        if exact(one["subject"]) or (open_ and _of_everybody(told, one))
    ]
    shown = {group(one) for one in entries}
    if "groups" not in told:
        return {**_common(told, peers.get(PeersBy.ALL) if shown else None), "entries": entries}
    common = [_common(one, peers.get(one["key"])) for one in told["groups"] if one["key"] in shown]
    return {**told, "entries": entries, "groups": common}


def _common(of: Mapping[str, Any], peers: Peers | None) -> dict[str, Any]:
    bare = {name: value for name, value in of.items() if name not in COMMON}
    if peers is None:
        return bare
    told = {"mean": round(peers.mean), "variance": None, "rankability": round(peers.rankability, 2)}
    return {**bare, "peers": told, "lead": of["lead"]}


def _of_everybody(told: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    """Whether all are told of the entry: a count that is hidden is not told from none at all.

    Of bodies in each theme apart nobody else is: their number is within that of a theme, which is
    published by the month, so that of both together more is known than each of them tells.
    """
    return not by_theme(told, entry) and told_count(entry["cases"]).cases is not None


def _peers(told: Mapping[str, Any]) -> dict[str, Peers]:
    """What those of each group that have a score have in common, as far as all are told."""
    found: dict[str, list[Score]] = {}
    for one in told["entries"]:
        if one["mark"] == "value":
            found.setdefault(group(one), []).append(_score(one))
    return {key: peers_of(scores) for key, scores in found.items()}


def _score(entry: Mapping[str, Any]) -> Score:
    """The score with the widest error that so many cases may have."""
    cases, score = told_count(entry["cases"]).cases or LEAST_TOLD, round(Fraction(entry["raw"]))
    total = Fraction(score * cases)
    return own([Sums(cases, total, FULL * total)])[0]


def _rounded(entry: Mapping[str, Any], peers: Mapping[str, Peers]) -> dict[str, Any]:
    cases = told_count(entry["cases"]).cases
    bare: dict[str, Any] = {**entry, "cases": cases, "squares": None, "contributions": []}
    if entry["mark"] != "value":
        return {**bare, "raw": None}
    score = _score(entry)
    half = quantile() * score.error
    return {
        **bare,
        **dict.fromkeys(("error", "chance_error", "weight")),
        "raw": str(round(score.value)),
        "shrunken": round(peers[group(entry)].shrunken(score).value),
        "interval": [round(max(0.0, score.value - half)), round(min(FULL, score.value + half))],
    }
