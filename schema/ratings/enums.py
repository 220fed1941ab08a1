"""Codes of ratings as GraphQL enums."""

from __future__ import annotations

from core.law.russian import Code
from core.ratings.causes import CauseKind
from core.ratings.model import Stage
from core.ratings.rules import Measure, PeersBy, Rated
from core.ratings.signals.kinds import Signal
from core.statistics.places import Band
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(Stage, "Как далеко продвинулся рейтинг", name="RatingStage"),
    described(Band, "Положение объекта среди прочих", name="RatingBand"),
    described(Signal, "Что считают, чтобы заметить игру с рейтингом", name="RatingSignalKind"),
    described(Measure, "Что видно в обращении или внесено об объекте", name="RatingMeasure"),
    described(Rated, "Кого оценивает методика", name="RatingRated"),
    described(PeersBy, "С кем сравнивают объект рейтинга", name="RatingPeersBy"),
    described(CauseKind, "Почему сведения стали другими", name="RatingCauseKind"),
)
