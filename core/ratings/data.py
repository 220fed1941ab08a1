"""A rating as JSON, with all that it takes to reckon it again."""

from __future__ import annotations

from fractions import Fraction

from core.ratings.leaders import RUNS, lead
from core.ratings.quarter import written
from core.ratings.rules import EVERYBODY, FULL, Criterion, PeersBy, Rated
from core.ratings.scoring import UNSURE, Contribution
from core.ratings.standings import Entry, Group, Standings
from core.statistics.intervals import CONFIDENCE, quantile
from core.statistics.shrinkage import Peers


def as_data(found: Standings) -> dict[str, object]:
    """The rating as JSON: fractions as «7/2», what is no fraction as numbers."""
    return {
        "method": found.method.key,
        "name": found.method.name,
        **({} if found.method.rates is Rated.BODIES else {"rates": found.method.rates}),
        **({"per_theme": sorted(found.method.per_theme)} if found.method.per_theme else {}),
        "clause": found.method.clause.ref,
        "edition": found.method.edition,
        "period": written(found.quarter),
        "scale": [0, FULL],
        "minimum": found.method.minimum,
        "followed": found.method.followed,
        "confidence": CONFIDENCE,
        "added": UNSURE,
        **_compared(found),
        "criteria": [criterion_as_data(one) for one in found.method.criteria],
        "entries": [_entry(one, found) for one in found.entries],
    }


def _compared(found: Standings) -> dict[str, object]:
    """What those who are compared have in common: all, or each group, if it has a rating."""
    common, by = {one.key: _group(one, found) for one in found.groups}, found.method.peers
    if by == EVERYBODY:
        return common[PeersBy.ALL]
    there = {one.group for one in found.entries}
    groups = [
        {"key": key, "name": by.name(key), **common.get(key, {})}
        for key in by.every()
        if key in there
    ]
    return {"compared": by.by, "bounds": by.bounds, "groups": groups}


def _group(one: Group, found: Standings) -> dict[str, object]:
    share = lead(found, one.key)
    return {
        "between": one.between,
        "between_told": one.between_told,
        "peers": _peers(one.peers),
        "chance": _peers(one.chance),
        "lead": {"runs": RUNS, "share": str(share), "surely": 2 * share >= 1},
    }


def criterion_as_data(one: Criterion) -> dict[str, object]:
    """What a criterion is called, by what it is measured, how much it weighs."""
    return {
        "key": one.key,
        "name": one.name,
        "measure": one.measure,
        "weight": one.weight,
        "clause": one.clause.ref,
        **({"listens": True} if one.listens else {}),
    }


def _entry(one: Entry, found: Standings) -> dict[str, object]:
    data: dict[str, object] = {
        "subject": one.subject.body,
        "theme": one.subject.theme,
        "name": one.name,
        **({"within": one.within} if one.within else {}),
        **({} if found.method.peers == EVERYBODY else {"group": one.group}),
        "cases": one.sums.cases,
        "squares": str(one.sums.squares),
        "raw": str(one.sums.mean),
        "contributions": [contribution_as_data(part) for part in one.contributions],
        "mark": one.mark,
    }
    if one.score is None or one.by_chance is None or one.shrunken is None:
        return data
    half = quantile() * one.score.error
    return {
        **data,
        "error": one.score.error,
        "chance_error": one.by_chance.error,
        "shrunken": one.shrunken.value,
        "weight": one.shrunken.weight,
        "interval": [max(0.0, one.score.value - half), min(float(FULL), one.score.value + half)],
        "places": [one.places.best, one.places.worst] if one.places else None,
        "band": one.band,
    }


def contribution_as_data(one: Contribution) -> dict[str, object]:
    """What a criterion brings to a subject."""
    return {
        "criterion": one.criterion.key,
        "value": str(one.value),
        "weight": one.criterion.weight,
        "scaled": _fraction(one.scaled),
        "cases": one.cases,
        **({"opinion": one.opinion._asdict()} if one.opinion else {}),
    }


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _peers(of: Peers) -> dict[str, float]:
    return {"mean": of.mean, "variance": of.variance, "rankability": of.rankability}
