"""A problem as the API shows it: source, people, cause, measures, effect, timeline."""

from datetime import date, datetime
from typing import Any

import strawberry

from core.appeals import model as appeals
from core.directory import model as directory
from core.directory.rules import bodies
from core.documents import model as documents
from core.kernel.codes import Permission
from core.kernel.rules import passport
from core.kernel.rules.territories import named
from core.law import act as law
from core.problems import effect, model, queries
from core.problems.causes import cause_of
from core.problems.closing import words_of
from core.problems.joining import People, people_of
from core.problems.rules import Source
from core.problems.turns import turns
from core.statistics.effect import Verdict
from schema.appeals.types import Appeal
from schema.directory.loaders import BODIES, PERSONS
from schema.directory.types import Body
from schema.documents.types import DOCUMENTS, Document
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import Node
from schema.graphql.loaders import Rows
from schema.graphql.steps import Judged, OfferedStep
from schema.law.types import CLAUSE, Municipality, Theme
from schema.summaries.schema import CASES

PROBLEMS = Rows(model.Problem.id)


@strawberry.type(description="Сколько у проблемы обращений и людей и скольким отвечено")
class ProblemPeople:
    """Resolved from `People`."""

    cases: int = field("Сколько обращений")
    answered_cases: int = field("На сколько из них ответ дан")
    people: int = field("Сколько заявителей")
    answered_people: int = field("Скольким заявителям ответ дан")


def _reasons(root: strawberry.Parent[model.ProblemCause]) -> list[str]:
    return [*map(str, root.reasons)]


@strawberry.type(description="Первопричина и ход рассуждения")
class ProblemCause:
    """Resolved from rows."""

    method: model.Method = field("Как искали")
    reasons: list[str] = field(
        "Ответы на «почему» по порядку или строки «ветвь: причина»", _reasons
    )
    root: str = field("Первопричина")
    at: datetime = field("Когда установлена")


async def _person(root: strawberry.Parent[model.ProblemMeasure], info: Info) -> str | None:
    found: directory.Person | None = await info.context.loaders.load(PERSONS, root.person_id)
    return found.name if found else None


async def _body(root: strawberry.Parent[model.ProblemMeasure], info: Info) -> directory.Body | None:
    found: directory.Body | None = await info.context.loaders.load(BODIES, root.body_id)
    return found


@strawberry.type(description="Мероприятие дорожной карты")
class ProblemMeasure:
    """Resolved from rows."""

    number: int = field("Номер")
    text: str = field("Что делают")
    due: date = field("Последний день")
    official: str | None = field("Ответственное должностное лицо", _person)
    body: Body | None = field("Его орган", _body)
    done_on: date | None = field("Когда выполнено")
    proof: str | None = field("Чем подтверждено")
    breached_at: datetime | None = field("Момент нарушения срока")


def _was(root: strawberry.Parent[effect.Beside]) -> float:
    return float(root.before)


def _is(root: strawberry.Parent[effect.Beside]) -> float:
    return float(root.after)


def _share_was(root: strawberry.Parent[effect.Channel]) -> float:
    return float(root.before)


def _share_is(root: strawberry.Parent[effect.Channel]) -> float:
    return float(root.after)


@strawberry.type(description="Обращений в месяц до и после")
class ProblemBeside:
    """Resolved from `Beside`."""

    before: float = field("До", _was)
    after: float = field("После", _is)


@strawberry.type(description="Канал, чья доля изменилась больше всех")
class ProblemChannel:
    """Resolved from `Channel`."""

    key: str = field("Ключ канала")
    before: float = field("Доля до", _share_was)
    after: float = field("Доля после", _share_is)


def _expected(root: strawberry.Parent[effect.Reckoned]) -> float | None:
    return root.effect.expected if root.effect else None


def _after(root: strawberry.Parent[effect.Reckoned]) -> int | None:
    return root.effect.after if root.effect else None


def _chance(root: strawberry.Parent[effect.Reckoned]) -> float | None:
    chance = root.effect.chance if root.effect else None
    return None if chance is None else float(chance)


def _words(root: strawberry.Parent[effect.Reckoned]) -> str:
    return words_of(root)


def _placebos(root: strawberry.Parent[effect.Reckoned]) -> int:
    return root.effect.placebos if root.effect else 0


@strawberry.type(description="Эффект мероприятий, каким он виден сегодня")
class ProblemEffect:
    """Resolved from `Reckoned`."""

    since: date = field("Первый день месяцев после")
    until: date = field("День за последним из них")
    months_before: int = field("Сколько целых месяцев до")
    months_after: int = field("Сколько целых месяцев после")
    verdict: Verdict = field("Что можно сказать")
    words: str = field("Эффект одним предложением", _words)
    expected: float | None = field("Сколько ожидалось бы без мероприятий", _expected)
    after: int | None = field("Сколько поступило", _after)
    chance: float | None = field("Вероятность такого снижения без мероприятий", _chance)
    placebos: int = field(
        "Со сколькими местами сравнили; у проблемы всего региона — тематиками", _placebos
    )
    same: ProblemBeside = field("Та же тематика здесь")
    neighbours: ProblemBeside = field("Та же тематика в ближайших муниципальных образованиях")
    other_themes: ProblemBeside = field("Остальные тематики здесь")
    channel: ProblemChannel | None = field("Не ушли ли люди в другой канал")
    days_before: int | None = field("Медиана суток до ответа до", lambda root: root.days[0])
    days_after: int | None = field("Медиана суток до ответа после", lambda root: root.days[1])


@strawberry.type(description="Что было с проблемой или предстоит")
class ProblemMoment:
    """Resolved from `Moment`."""

    at: datetime = field("Когда")
    words: str = field("Что")
    actor: str | None = field("Кто; null, если это видно по обращениям")
    ahead: bool = field("Предстоит ли")


def _theme(root: strawberry.Parent[model.Problem], info: Info) -> bodies.Theme | None:
    return info.context.rules.find(bodies.Theme, root.theme, info.context.today)


def _place(root: strawberry.Parent[model.Problem], info: Info) -> passport.Municipality | None:
    key, context = root.municipality, info.context
    return named(context.rules, key, context.today) if key else None


def _evidence(root: strawberry.Parent[model.Problem]) -> str:
    return queries.evidence_of(root)


def _clause(root: strawberry.Parent[model.Problem], info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


async def _people(root: strawberry.Parent[model.Problem], info: Info) -> People:
    async with info.context.reading() as work:
        return await people_of(work, root)


async def _cause(root: strawberry.Parent[model.Problem], info: Info) -> model.ProblemCause | None:
    async with info.context.reading() as work:
        return await cause_of(work, root)


async def _measures(
    root: strawberry.Parent[model.Problem], info: Info
) -> list[model.ProblemMeasure]:
    async with info.context.reading() as work:
        return await queries.measures(work, root)


async def _document(
    root: strawberry.Parent[model.Problem], info: Info
) -> documents.Document | None:
    """The document's own readers alone are shown it."""
    if not info.context.actor.may(Permission.READ_DOCUMENTS):
        return None
    found: documents.Document | None = await info.context.loaders.load(DOCUMENTS, root.document_id)
    return found


async def _effect(root: strawberry.Parent[model.Problem], info: Info) -> effect.Reckoned | None:
    async with info.context.reading() as work:
        return await effect.reckon(work, root)


async def _timeline(root: strawberry.Parent[model.Problem], info: Info) -> list[queries.Moment]:
    async with info.context.reading() as work:
        return await queries.timeline(work, root)


async def _offered(root: strawberry.Parent[model.Problem], info: Info) -> list[Judged]:
    async with info.context.reading() as work:
        return [Judged(name, refusal) for name, refusal in turns(work, root)]


@strawberry.type(description="Региональная проблема")
class Problem(Node):
    """Resolved from rows."""

    title: str = field("Название")
    theme: Theme | None = field("Тематика", _theme)
    municipality: Municipality | None = field("Где; null — по всему региону", _place)
    category: str | None = field("Ключ категории, если акт региона делит проблемы на категории")
    source: Source = field("Откуда известна")
    label: str = field("Источник под названием региона")
    evidence: str = field("Что показал источник", _evidence)
    clause: Clause | None = field(CLAUSE, _clause)
    state: model.ProblemState = field("Состояние")
    chosen_since: date = field("Первый день, из-за которого её выбрали")
    chosen_until: date = field("День за последним из них")
    opened_at: datetime = field("Когда внесена")
    closed_on: date | None = field("Когда закрыта")
    people: ProblemPeople = field("Обращения и люди", _people)
    cause: ProblemCause | None = field("Первопричина", _cause)
    measures: list[ProblemMeasure] = field("Мероприятия", _measures)
    declared: int | None = field("Заявленное снижение, в процентах")
    document: Document | None = field("Дорожная карта", _document)
    effect: ProblemEffect | None = field(
        "Эффект; null до первого целого месяца после мероприятий и тому, кто видит не весь регион",
        _effect,
    )
    timeline: list[ProblemMoment] = field("От первого обращения и дальше", _timeline)
    offered: list[OfferedStep] = field("Шаги: какие Вам открыты сейчас", _offered)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of problems are this type."""
        return isinstance(value, model.Problem)


async def _appeal(root: strawberry.Parent[model.ProblemCase], info: Info) -> appeals.Appeal | None:
    found: appeals.Appeal | None = await info.context.loaders.load(CASES, root.appeal_id)
    return found


@strawberry.type(description="Обращение о проблеме")
class ProblemCase:
    """Resolved from rows."""

    appeal: Appeal | None = field("Обращение", _appeal)
    why: str = field("Почему оно отнесено к проблеме")
    added_at: datetime = field("Когда отнесено")
