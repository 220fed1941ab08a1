"""What is done about ratings: shown, objected to, answered, published, corrected, moved."""

from datetime import date
from typing import Annotated

import strawberry

from core.law.periods import Period
from core.ratings import life, model
from core.ratings.figures import Counted, enter_figure
from core.ratings.life import LIFE
from core.ratings.objections import answer_objection, object_to
from core.ratings.quarter import quarter_of
from core.ratings.releases import move_release
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import ordered_by
from schema.indicators.queries import DocumentInput
from schema.ratings.types import MANAGE, SEE, Rating, RatingFigure, RatingMove, RatingObjection
from schema.ratings.words import CRITERION, HITS, METHOD, PERIOD, SOURCE, SUBJECT, THEME, TOTAL

RatingResult = Annotated[
    Rating | Refusal, strawberry.union("RatingResult", description="Рейтинг или отказ с нормой")
]
ObjectionResult = Annotated[
    RatingObjection | Refusal,
    strawberry.union("RatingObjectionResult", description="Возражение или отказ с нормой"),
]
MoveResult = Annotated[
    RatingMove | Refusal,
    strawberry.union("RatingMoveResult", description="Перенос дней или отказ с нормой"),
]

FigureResult = Annotated[
    RatingFigure | Refusal,
    strawberry.union("RatingFigureResult", description="Внесённое сведение или отказ с нормой"),
]


@strawberry.input(description="Рейтинг за квартал по методике")
class RatingInput:
    """A place in the calendar."""

    method: str = field(METHOD)
    period: str = field(PERIOD)

    def place(self) -> tuple[str, Period]:
        """The place as core takes it."""
        return self.method, quarter_of(self.period)


@strawberry.input(description="Исправление опубликованного итога")
class CorrectRatingInput:
    """A notice."""

    rating: RatingInput = field("Какой рейтинг")
    reason: str = field("Что и почему исправляют")


@strawberry.input(description="Возражение к проекту")
class ObjectToRatingInput:
    """Of whom, what, about which cases."""

    rating: RatingInput = field("Какой рейтинг")
    subject: str = field(SUBJECT)
    text: str = field("Возражение")
    theme: str | None = optional(THEME)
    appeals: list[str] = strawberry.field(
        default_factory=list, description="Номера обращений, о которых оно"
    )


@strawberry.input(description="Ответ на возражение")
class AnswerRatingObjectionInput:
    """Yes or no with reasons."""

    rating: RatingInput = field("Какой рейтинг")
    number: int = field("Номер возражения")
    upheld: bool = field("Удовлетворено ли")
    text: str = field("Ответ с обоснованием")


@strawberry.input(description="Перенос дней рейтинга")
class MoveRatingInput:
    """New days and what they stand on."""

    rating: RatingInput = field("Какой рейтинг")
    draft_on: date = field("День проекта")
    final_on: date = field("День итога")
    reason: str = field("Почему переносят")
    ground: DocumentInput = field("Основание")


@strawberry.input(description="Сведение об органе, которого обращения не дают")
class EnterRatingFigureInput:
    """Of whom, by what criterion, how many of how many, by what it stands."""

    rating: RatingInput = field("Для какого рейтинга")
    criterion: str = field(CRITERION)
    subject: str = field(SUBJECT)
    hits: int = field(HITS)
    total: int = field(TOTAL)
    source: str = field(SOURCE)
    ground: DocumentInput = field("Основание")


@ordered_by(LIFE)
async def _try(info: Info, given: Input[RatingInput]) -> model.Rating:
    async with info.context.work() as work:
        return await life.publish_trial(work, *given.place())


@ordered_by(LIFE)
async def _draft(info: Info, given: Input[RatingInput]) -> model.Rating:
    async with info.context.work() as work:
        return await life.draft_rating(work, *given.place())


@ordered_by(LIFE)
async def _publish(info: Info, given: Input[RatingInput]) -> model.Rating:
    async with info.context.work() as work:
        return await life.publish_rating(work, *given.place())


@ordered_by(LIFE)
async def _correct(info: Info, given: Input[CorrectRatingInput]) -> model.Rating:
    async with info.context.work() as work:
        return await life.correct_rating(work, *given.rating.place(), given.reason)


@ordered_by(LIFE)
async def _object(info: Info, given: Input[ObjectToRatingInput]) -> model.RatingObjection:
    subject = (given.subject, given.theme)
    async with info.context.work() as work:
        return await object_to(work, *given.rating.place(), subject, given.text, given.appeals)


@ordered_by(LIFE)
async def _answer(info: Info, given: Input[AnswerRatingObjectionInput]) -> model.RatingObjection:
    key, quarter = given.rating.place()
    async with info.context.work() as work:
        return await answer_objection(
            work, key, quarter, given.number, upheld=given.upheld, text=given.text
        )


@ordered_by(LIFE)
async def _move(info: Info, given: Input[MoveRatingInput]) -> model.RatingRelease:
    days, ground = (given.draft_on, given.final_on), given.ground.ground()
    async with info.context.work() as work:
        return await move_release(work, *given.rating.place(), days, given.reason, ground)


@ordered_by(LIFE)
async def _enter(info: Info, given: Input[EnterRatingFigureInput]) -> model.RatingFigure:
    said = Counted(given.criterion, given.subject, given.hits, given.total, given.source)
    async with info.context.work() as work:
        return await enter_figure(work, *given.rating.place(), said, given.ground.ground())


@strawberry.type
class RatingMutation:
    """The life of a rating (10 б; порядок работы системы, п. 10.1)."""

    publish_trial_rating: RatingResult = field(
        "Опубликовать как пробный (до первого проекта по методике; практика, п. 10.1)",
        _try,
        MANAGE,
    )
    draft_rating: RatingResult = field(
        "Показать проект (тем, кого оценивают; откроется окно возражений; практика, п. 10.1)",
        _draft,
        MANAGE,
    )
    object_to_rating: ObjectionResult = field(
        "Возразить на проект (за свой орган, пока открыто окно; практика, п. 10.1)", _object, SEE
    )
    answer_rating_objection: ObjectionResult = field(
        "Ответить на возражение (с обоснованием; практика, п. 10.1)", _answer, MANAGE
    )
    publish_rating: RatingResult = field(
        "Опубликовать итог (сведения замораживают, хэш — в журнале; подп. «б» п. 10 Правил)",
        _publish,
        MANAGE,
    )
    correct_rating: RatingResult = field(
        "Исправить итог (с извещением: что, почему, чьё место стало другим; практика, п. 10.1)",
        _correct,
        MANAGE,
    )
    move_rating_release: MoveResult = field(
        "Перенести дни (рейтинга, решением с основанием; практика, п. 10.2)", _move, MANAGE
    )
    enter_rating_figure: FigureResult = field(
        "Внести сведение (по критерию, которого обращения не дают: страницы, цифровизация)",
        _enter,
        MANAGE,
    )
