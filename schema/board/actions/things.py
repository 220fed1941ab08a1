"""Kinds of things whose steps have forms: how one is found, what changes, where steps lead."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schema.board.pages import (
    dealings,
    documents,
    incoming,
    indicators,
    problems,
    ratings,
    requests,
)
from schema.board.saved import PageContext

OPERATIONS = {"MaterialRequest": "Request", "Letter": "Incoming", "Rating": "RatingSteps"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of thing that has steps: its place, its id in inputs, how it is found and told.

    `noun` is what one with a number is called, `states` the enum of its states, `back` where its
    steps lead, if what is found names no other page. What is `opened` has a page of its own, also
    when it was begun by the step.
    """

    place: str
    kind: str
    field: str
    room: str
    find: Callable[[PageContext, str], Awaitable[Mapping[str, Any]]]
    hidden: frozenset[str]
    changed: Callable[[PageContext, Mapping[str, Any], datetime], list[dict[str, str]]]
    noun: str
    states: str
    back: Callable[[str], str]
    opened: bool = False

    @property
    def operation(self) -> str:
        """By which saved operation one is found."""
        return OPERATIONS.get(self.kind, self.kind)


def _nothing(
    _context: PageContext, _shown: Mapping[str, Any], _since: datetime
) -> list[dict[str, str]]:
    return []


PAPERS = {
    one.place: one
    for one in (
        Paper(documents.PLACE, "Document", "document", documents.ROOM, documents.find,
              frozenset({"document", "revision", "seen"}), documents.changed,
              "Документ", "DocumentState", documents.back, opened=True),
        Paper(requests.PLACE, "MaterialRequest", "request", requests.ROOM, requests.find,
              frozenset({"request"}), requests.changed, "Запрос", "RequestState",
              lambda _: requests.PLACE),
        Paper(problems.PLACE, "Problem", "problem", problems.ROOM, problems.find,
              frozenset({"problem"}), problems.changed, "Проблема", "ProblemState", problems.back),
        Paper("sightings", "Sighting", "sighting", problems.ROOM, problems.find_sighting,
              frozenset({"sighting"}), _nothing, "Запись", "", lambda _: problems.PLACE),
        Paper(ratings.PLACE, "Rating", "rating", ratings.ROOM, ratings.find,
              frozenset({"method", "period"}), _nothing, "", "RatingStage",
              lambda _: ratings.PLACE, opened=True),
        Paper(dealings.PLACE, "Dealing", "dealing", documents.ROOM, dealings.find,
              frozenset({"dealing"}), _nothing, "", "", lambda _: documents.PLACE),
        Paper(incoming.PLACE, "Letter", "id", incoming.ROOM, incoming.find, frozenset({"id"}),
              incoming.changed, "Письмо", "LetterState", f"{incoming.PLACE}/{{}}".format),
        Paper(indicators.PLACE, "Indicator", "id", indicators.ROOM, indicators.find,
              frozenset({"id", "deed", "by"}), indicators.changed, "Показатель", "IndicatorState",
              lambda _: indicators.PLACE),
    )
}  # fmt: skip
