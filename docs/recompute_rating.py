"""Пересчитать рейтинг по его JSON (`tsur rating … --json`) со стандартного ввода; 0 — сошлось."""

import json
import sys
from fractions import Fraction
from math import dist, hypot, inf, sqrt
from statistics import NormalDist


def _error(some, rating, of, between):
    full, added, cases = rating["scale"][1], rating["added"], sum(one["cases"] for one in some)
    mean = sum(Fraction(one["raw"]) * one["cases"] for one in some) + added * full
    square = (sum(Fraction(one["squares"]) for one in some) + added * full**2) / (cases + 2 * added)
    return sqrt(float(square - (mean / (cases + 2 * added)) ** 2) / of + between)


def same(rating, one):
    """Сходится ли объект с тем, что о нём сказано: балл, погрешность, границы, места, полоса."""
    at, rest, parts = NormalDist().inv_cdf, 1 - rating["confidence"], one["contributions"]
    full, least, n, key = rating["scale"][1], rating["minimum"], one["cases"], one.get("group")
    pairs = [(e["weight"], c) for e, c in zip(rating["criteria"], parts, strict=True)]
    raw = sum(w * full * Fraction(c["value"]) for w, c in pairs) / sum(w for w, _ in pairs)
    told = [(c["scaled"] or c["value"], c["weight"], c["cases"]) for c in parts]
    seen = [(str(full * Fraction(c["value"]) if w else n), w, n) for w, c in pairs]
    sound = (told, one["raw"]) == (seen, str(raw))
    rated = [e for e in rating["entries"] if e["cases"] >= least and e.get("group") == key]
    mark = "too_few" if n < least else "not_applicable" if key and len(rated) < 2 else "value"
    if (sound, mark, one["mark"]) != (True, "value", "value"):
        return sound and mark == one["mark"] != "value"
    group = next(e for e in rating.get("groups", [rating]) if e.get("key") == key)
    usual, peers, between = group["chance"]["mean"], group["peers"], group["between"]
    own, chance = (_error(some, rating, n, between) for some in ([one], rated))
    surely, sure = (at(1 - rest / many / 2) for many in (len(rated) - 1, len(rated)))
    gaps = [(Fraction(e["raw"]) - raw) / hypot(e["error"], own) for e in rated]
    places = [1 + sum(g > surely for g in gaps), len(rated) - sum(g < -surely for g in gaps)]
    lean = (full - 2 * usual) * chance * (sure**2 - 1) / (6 * usual * (full - usual) or inf)
    z, weight = (float(raw) - usual) / chance, peers["variance"] / (peers["variance"] + own**2)
    band = ["expected", "above", "below"][(z > sure + max(lean, 0)) - (z < min(lean, 0) - sure)]
    shrunken, half = peers["mean"] + weight * (float(raw) - peers["mean"]), at(1 - rest / 2) * own
    our = [own, chance, weight, shrunken, max(0, float(raw) - half), min(full, float(raw) + half)]
    said = [*map(one.get, ("error", "chance_error", "weight", "shrunken")), *one["interval"]]
    return dist(our, said) < 1e-9 and [one["places"], one["band"]] in ([places, None], [None, band])


if __name__ == "__main__":
    data = json.load(sys.stdin)
    sys.exit(not all(same(data, one) for one in data["entries"]))
