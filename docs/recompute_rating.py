"""Пересчитать рейтинг по его JSON (`tsur rating … --json`) со стандартного ввода; 0 — сошлось."""

import json
import sys
from fractions import Fraction
from math import dist, hypot, inf, sqrt
from statistics import NormalDist


def same(rating, entry):
    """Сходится ли объект с тем, что о нём сказано: балл, погрешность, границы, места, полоса."""
    at, rest = NormalDist().inv_cdf, 1 - rating["confidence"]
    full, added = rating["scale"][1], rating["added"]
    judged = [one for one in entry["contributions"] if one["weight"]]
    total = sum(one["weight"] * Fraction(one["scaled"]) for one in judged)
    raw, cases = total / sum(one["weight"] for one in judged), entry["cases"]
    mean = (raw * cases + added * full) / (cases + 2 * added)
    square = (Fraction(entry["squares"]) + added * full**2) / (cases + 2 * added)
    error = sqrt(float(square - mean**2) / cases + rating["between"])
    rated = [one for one in rating["entries"] if one["mark"] == "value"]
    surely = at(1 - rest / (len(rated) - 1) / 2)
    gaps = [(Fraction(one["raw"]) - raw) / hypot(one["error"], error) for one in rated]
    places = [1 + sum(g > surely for g in gaps), len(rated) - sum(g < -surely for g in gaps)]
    usual, chance = rating["chance"]["mean"], entry["chance_error"]
    sure, far = at(1 - rest / len(rated) / 2), (float(raw) - usual) / chance
    lean = (full - 2 * usual) * chance * (sure**2 - 1) / (6 * usual * (full - usual) or inf)
    high, low = sure + max(lean, 0), min(lean, 0) - sure
    band = "above" if far > high else "below" if far < low else "expected"
    peers, half = rating["peers"], at(1 - rest / 2) * error
    weight = peers["variance"] / (peers["variance"] + error**2)
    shrunken = peers["mean"] + weight * (float(raw) - peers["mean"])
    numbers = [error, shrunken, max(0.0, float(raw) - half), min(full, float(raw) + half)]
    near = dist(numbers, [entry["error"], entry["shrunken"], *entry["interval"]]) < 1e-9
    standing = [str(raw), entry["places"] and places, entry["band"] and band]
    return near and standing == [entry["raw"], entry["places"], entry["band"]]


if __name__ == "__main__":
    data = json.load(sys.stdin)
    sys.exit(not all(same(data, one) for one in data["entries"] if one["mark"] == "value"))
