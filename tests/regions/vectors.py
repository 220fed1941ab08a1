"""Deadline vectors: what happened to an appeal, and what its term must come to, in local time.

A line of vectors.csv has its facts in their order, joined by `; `: `received T`, `registered T`,
`promised T`, `imported`, `forwarded T`, `took T`, `returned T`, `prolonged T DATE`, `informed T`
(an interim answer), `planned T DATE` (an answer with a planned day), `postponed T DATE`,
`fulfilled T`, `known T DATE` (a stamp of that noon), `sent T`, `unsent T` (the sender's own error),
`undelivered T`, `resent T`, `disputed T` (by the survey's link),
`objected T` (by a new appeal, which has its own terms: R46), `upheld T`, `rejected T`,
`withdrawn T`, `copied T` (to another body), `court T` (returned, for it is about a court's
decision), `unreadable T`, `unclear T` and `published T` (left without an answer on its substance),
`told T` and `reported T` (an offence noted, and sent on), `both T` (sent to the interior and to the
highest official, whose the second body is). `anonymous`, `data` (a request of a subject of data),
`offence` (told at once) and `highest` (to the highest official) say how it comes in. A moment is a
local one of whatever region, to the second; so is `due`, and `at` that for which `standing` is
said: a Standing, or `absent` where there is no such term.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

VECTORS = Path(__file__).parent / "vectors.csv"
ABSENT = "absent"
TENTH = 10


@dataclass(frozen=True)
class Happened:
    """A fact of a vector: its name, its local moment (None: it has none), a day it names."""

    name: str
    moment: datetime | None = None
    until: date | None = None


@dataclass(frozen=True)
class Course:
    """What happened to an appeal of this channel and theme: several vectors may ask about it."""

    channel: str
    theme: str
    facts: tuple[Happened, ...]

    @property
    def named(self) -> frozenset[str]:
        """The facts by their names."""
        return frozenset(fact.name for fact in self.facts)

    def when(self, name: str) -> datetime | None:
        """The local moment of the first fact of this name."""
        return next((fact.moment for fact in self.facts if fact.name == name), None)


class Verdict(NamedTuple):
    """What a term comes to: its last local moment, how it stands, whether its day is a day off."""

    due: datetime | None = None
    standing: str = ABSENT
    day_off: bool = False


@dataclass(frozen=True)
class Vector:
    """A line of the table: the term `term` with this ordinal, and what it must come to."""

    line: int
    name: str
    clause: str
    course: Course
    term: str
    ordinal: int
    due: datetime | None
    at: datetime
    standing: str
    day_off: bool

    def difference(self, found: Verdict) -> str | None:
        """What the product says otherwise, in words; None where it says the same."""
        expected = Verdict(self.due, self.standing, self.day_off)
        if found == expected:
            return None
        return f"строка {self.line} «{self.name}», {self.term}: {found} вместо {expected}"


def moment(when: datetime, zone: ZoneInfo) -> datetime:
    """A local moment as aware UTC."""
    return when.replace(tzinfo=zone).astimezone(UTC)


def local(when: datetime, zone: ZoneInfo) -> datetime:
    """An aware moment as a naive local one."""
    return when.astimezone(zone).replace(tzinfo=None)


@cache
def vectors() -> tuple[Vector, ...]:
    """Every line of the table; its number is that of the file's line."""
    with VECTORS.open(encoding="utf-8", newline="") as file:
        return tuple(_vector(line, row) for line, row in enumerate(csv.DictReader(file), start=2))


def courses(chosen: Iterable[Vector]) -> dict[Course, list[Vector]]:
    """The vectors by what happened: each course need be lived but once."""
    found: defaultdict[Course, list[Vector]] = defaultdict(list)
    for vector in chosen:
        found[vector.course].append(vector)
    return found


def some(sayable: frozenset[str], stride: int) -> list[Vector]:
    """Of the vectors with no other facts than these every so many, a tenth of all at the least."""
    chosen = [vector for vector in vectors() if vector.course.named <= sayable][::stride]
    assert len(chosen) * TENTH >= len(vectors())
    return chosen


def _vector(line: int, row: Mapping[str, str]) -> Vector:
    facts = tuple(map(_happened, row["facts"].split("; ")))
    return Vector(
        line=line,
        name=row["name"],
        clause=row["clause"],
        course=Course(row["channel"], row["theme"], facts),
        term=row["term"],
        ordinal=int(row["ordinal"]),
        due=datetime.fromisoformat(row["due"]) if row["due"] else None,
        at=datetime.fromisoformat(row["at"]),
        standing=row["standing"],
        day_off=row["day_off"] == "да",
    )


def _happened(words: str) -> Happened:
    name, *rest = words.split()
    when = datetime.fromisoformat(" ".join(rest[:2])) if rest else None
    until = date.fromisoformat(rest[2]) if len(rest) > 2 else None
    return Happened(name, when, until)
