"""What there is to choose from in the forms of things, by the mutation whose form it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from schema.board.forms import dealings, problems, ratings, requests
from schema.board.forms.controls import Choices
from schema.board.saved import PageContext

Offer: TypeAlias = Callable[[PageContext, Mapping[str, Any]], Awaitable[Mapping[str, Choices]]]
CHOICES: Mapping[str, Offer] = {
    "listProblem": problems.listing,
    "planProblemMeasure": problems.officials,
    "carryOutProblemMeasure": problems.measures,
    "objectToRating": ratings.own_places,
    "answerRatingObjection": ratings.waiting,
    "enterRatingFigure": ratings.figures,
    "requestMaterials": requests.sides,
    "recordDealing": dealings.ways,
}
