"""What the invented people write about and in which words: data beside this module."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from core.directory.rules.bodies import Theme
from core.law.rulebook import Rulebook

DATA = Path(__file__).with_name("data")
TOPICS = DATA / "incident_topics_perm.csv"
STREETS = (
    "улица Мира", "улица Ленина", "Советская улица", "улица Гагарина", "Молодёжная улица",
    "Школьная улица", "Садовая улица", "Лесная улица", "Центральная улица", "улица Победы",
    "Набережная улица", "Октябрьская улица", "Первомайская улица", "улица Строителей",
    "Заречная улица", "Полевая улица", "Новая улица", "улица Пушкина", "Северная улица",
    "Комсомольский проспект",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """What one appeal is about: the region's theme (None where it has none) and the topic."""

    theme: str | None
    topic: str


@dataclass(frozen=True)
class Subjects:
    """The topics of a region's themes, and how often each group of them is written about."""

    groups: Sequence[Sequence[Subject]]
    shares: Sequence[int]

    def pick(self, rng: Random, season: Mapping[str, float]) -> Subject:
        """One at random; `season` makes a theme more or less frequent than in the year."""
        weights = [
            share * season.get(group[0].theme or "", 1.0)
            for group, share in zip(self.groups, self.shares, strict=True)
        ]
        return rng.choice(rng.choices(self.groups, weights)[0])


@dataclass(frozen=True)
class Vocabulary:
    """Sentences to put texts together from."""

    parts: Mapping[str, Any]

    def complaint(self, rng: Random, subject: Subject, place: str) -> str:
        """A text of an appeal about the subject at this place."""
        problems = self.parts["problems"]
        problem = rng.choice(problems.get(subject.theme, problems["other"]))
        said = problem.format(
            place=place, days=rng.choice(self.parts["lengths"]), topic=subject.topic
        )
        around = (self.parts["openings"], (said,), self.parts["details"], self.parts["wishes"])
        return " ".join(filter(None, map(rng.choice, around)))

    def answer(self, rng: Random, kind: str) -> str:
        """A text of an answer: an outcome, or `brush_off`."""
        return str(rng.choice(self.parts["answers"][kind]))

    def reason(self, rng: Random, step: str) -> str:
        """Why an official or an applicant takes a step."""
        return str(rng.choice(self.parts["reasons"][step]))


def load_vocabulary() -> Vocabulary:
    """The sentences of the data file."""
    return Vocabulary(tomllib.loads((DATA / "texts.toml").read_text(encoding="utf-8")))


def load_subjects(rules: Rulebook, on: date) -> Subjects:
    """The topics of the data file under the themes that this region has."""
    topics: dict[str, list[str]] = {}
    with TOPICS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            topics.setdefault(row["group"], []).append(row["topic"])
    groups = tomllib.loads((DATA / "topics.toml").read_text(encoding="utf-8"))["group"]
    known = {theme.key for theme in rules.all(Theme, on)}
    return Subjects(
        [
            [
                Subject(next((t for t in group["themes"] if t in known), None), topic)
                for topic in topics[group["name"]]
            ]
            for group in groups
        ],
        [group["share"] for group in groups],
    )
