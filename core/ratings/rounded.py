"""What of a rating is told to who may not see its cases: nothing that they could be told from.

Cases as any count, the score to the whole point, and what follows from these two alone: an exact
error, or a mean of exact scores, would tell how many cases there are. So would a place or a band,
and who stands before whom: they too are reckoned of the rounded numbers, and may be less sure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

from core.ratings.rules import FULL, PeersBy
from core.ratings.scoring import Subject, Sums
from core.ratings.standings import Entry, Group, compared
from core.ratings.words import group, place, standing_told
from core.shapes.figures.disclosure import told_count
from core.shapes.figures.marks import CellMark
from core.statistics.intervals import quantile

COMMON = ("peers", "chance", "between", "between_told", "lead")
OWN = ("cases", "squares", "raw", "contributions")
"""What those compared have in common; what the cases of one tell without anybody else's."""

LOST = 1 / 12
"""The variance of what a score loses when it is told to the point."""

Compared = Mapping[str, tuple[Group, Sequence[Entry]]]
"""Those of each group that have a score, the best first, as far as all are told."""


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
    again = _compared(told)
    entries = [
        {**bare, **({name: kept[name] for name in OWN} if exact(kept["subject"]) else {})}
        for kept, bare in _rounded(told, again)
        if exact(kept["subject"]) or (open_ and _of_everybody(told, kept))
    ]
    shown = {group(one) for one in entries}
    if "groups" not in told:
        return {**_common(told, again.get(PeersBy.ALL) if shown else None), "entries": entries}
    common = [_common(one, again.get(one["key"])) for one in told["groups"] if one["key"] in shown]
    return {**told, "entries": entries, "groups": common}


def _common(of: Mapping[str, Any], some: tuple[Group, Sequence[Entry]] | None) -> dict[str, Any]:
    bare = {name: value for name, value in of.items() if name not in COMMON}
    if some is None:
        return bare
    peers = some[0].peers
    told = {"mean": round(peers.mean), "variance": None, "rankability": round(peers.rankability, 2)}
    return {**bare, "peers": told}


def _of_everybody(told: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    """Whether all are told of the entry: a count that is hidden is not told from none at all.

    Of bodies in each theme apart nobody else is: their number is within that of a theme, which is
    published by the month, so that of both together more is known than each of them tells.
    """
    return not by_theme(told, entry) and told_count(entry["cases"]).cases is not None


def _compared(told: Mapping[str, Any]) -> Compared:
    found: dict[str, list[Entry]] = {}
    for one in sorted(told["entries"], key=lambda one: (one["subject"], one["theme"] or "")):
        if one["mark"] == "value":
            found.setdefault(group(one), []).append(_entry(one))
    common = {one["key"]: one for one in told.get("groups", ())}
    return {
        key: compared(key, some, *_between(common.get(key, told))) for key, some in found.items()
    }


def _between(of: Mapping[str, Any]) -> tuple[float, float]:
    """Of versions that did not keep what everybody is told of it, no more than a whole number."""
    told = of["between_told"] if "between_told" in of else float(ceil(of["between"]))
    return told + LOST, told


def _entry(kept: Mapping[str, Any]) -> Entry:
    mean = Fraction(kept["raw"])
    sums = Sums(kept["cases"], mean * kept["cases"], Fraction(0)).told
    subject = Subject(kept["subject"], kept["theme"])
    return Entry(subject, kept["name"], None, group(kept), sums, (), CellMark.VALUE)


def _rounded(
    told: Mapping[str, Any], again: Compared
) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
    """Each entry as it is kept and as all are told of it: by the score, then who has none."""
    kept = {place(one): one for one in told["entries"]}
    for key in dict.fromkeys(map(group, told["entries"])):
        _, some = again.get(key, (None, ()))
        for one in some:
            entry = kept.pop((one.subject.body, one.subject.theme))
            yield entry, {**_bare(entry), **_scored(one, some[0])}
    for entry in kept.values():
        bare = {**_bare(entry), "raw": None}
        yield entry, {**bare, "standing": standing_told(bare, None)}


def _bare(kept: Mapping[str, Any]) -> dict[str, Any]:
    cases = told_count(kept["cases"]).cases
    return {**kept, "cases": cases, "squares": None, "contributions": []}


def _scored(one: Entry, first: Entry) -> dict[str, Any]:
    assert one.score
    assert one.shrunken
    half, score = quantile() * one.score.error, one.score.value
    said: dict[str, Any] = {
        "mark": CellMark.VALUE.value,
        "raw": str(one.sums.mean),
        **dict.fromkeys(("error", "chance_error", "weight")),
        "shrunken": round(one.shrunken.value),
        "interval": [round(max(0.0, score - half)), round(min(FULL, score + half))],
        "places": [one.places.best, one.places.worst] if one.places else None,
        "band": one.band and one.band.value,
    }
    return {**said, "standing": standing_told(said, str(first.sums.mean))}
