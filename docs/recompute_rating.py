"""Пересчитать рейтинг по его JSON (`tsur rating … --json`) со стандартного ввода; 0 — сошлось."""

import json
import sys
from fractions import Fraction
from math import dist, hypot, inf, sqrt
from statistics import NormalDist


def _error(some, rating, of):
    full, added, cases = rating["scale"][1], rating["added"], sum(one["cases"] for one in some)
    mean = sum(Fraction(one["raw"]) * one["cases"] for one in some) + added * full
    square = (sum(Fraction(one["squares"]) for one in some) + added * full**2) / (cases + 2 * added)
    return sqrt(float(square - (mean / (cases + 2 * added)) ** 2) / of + rating["between"])


def same(rating, entry):
    """Сходится ли объект с тем, что о нём сказано: балл, погрешность, границы, места, полоса."""
    at, rest, parts = NormalDist().inv_cdf, 1 - rating["confidence"], entry["contributions"]
    full, usual, peers = rating["scale"][1], rating["chance"]["mean"], rating["peers"]
    marks = [str(full * Fraction(c["value"]) if c["weight"] else entry["cases"]) for c in parts]
    weights = [one["weight"] for one in rating["criteria"]]
    raw = sum(one["weight"] * full * Fraction(one["value"]) for one in parts) / sum(weights)
    told = [one["scaled"] or one["value"] for one in parts], [one["weight"] for one in parts]
    seen = {one["cases"] for one in parts}, entry["raw"]
    sound = told == (marks, weights) and seen == ({entry["cases"]}, str(raw))
    if entry["mark"] != "value" or not sound:
        return sound and entry["mark"] == "too_few" and entry["cases"] < rating["minimum"]
    rated = [one for one in rating["entries"] if one["mark"] == "value"]
    own, chance = (_error(some, rating, entry["cases"]) for some in ([entry], rated))
    surely, sure = (at(1 - rest / many / 2) for many in (len(rated) - 1, len(rated)))
    gaps = [(Fraction(one["raw"]) - raw) / hypot(one["error"], own) for one in rated]
    places = [1 + sum(g > surely for g in gaps), len(rated) - sum(g < -surely for g in gaps)]
    lean = (full - 2 * usual) * chance * (sure**2 - 1) / (6 * usual * (full - usual) or inf)
    far, weight = (float(raw) - usual) / chance, peers["variance"] / (peers["variance"] + own**2)
    side = (far > sure + max(lean, 0)) - (far < min(lean, 0) - sure)
    shrunken, half = peers["mean"] + weight * (float(raw) - peers["mean"]), at(1 - rest / 2) * own
    ends = [max(0.0, float(raw) - half), min(full, float(raw) + half)]
    said = [entry[name] for name in ("error", "chance_error", "weight", "shrunken")]
    standing = [entry["places"] and places, entry["band"] and ["expected", "above", "below"][side]]
    near = dist([own, chance, weight, shrunken, *ends], said + entry["interval"])
    return near < 1e-9 and standing == [entry["places"], entry["band"]]


if __name__ == "__main__":
    data = json.load(sys.stdin)
    sys.exit(not all(same(data, one) for one in data["entries"]))
