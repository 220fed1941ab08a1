"""The form that narrows a list: what it offers, and what an address has narrowed, in its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from core.appeals.rules.terms import Deadline
from core.law.periods import midnight
from schema.board.lists.address import BEGINNINGS, DAY, ENDS
from schema.board.saved import PageContext
from schema.board.words.values import at, day, local, moment_in

WORD_NAMES = {"text": "Слова", "address": "Адрес", "number": "Номер"}
DAY_NAMES = {
    "receivedFrom": "Поступило с",
    "receivedBefore": "Поступило по",
    "dueFrom": "Срок с",
    "dueBefore": "Срок по",
}
SPANS = {
    "received": "Поступило",
    "due": "Срок",
    "registered": "Зарегистрировано",
    "answered": "Отвечено",
    "closed": "Закрыто",
    "changed": "Изменено",
}
"""What begins and ends, by what its bounds in an address begin with."""

EVER = ("answeredFrom", "1970-01-01T00:00:00Z")
"""The bound that every answer is later than."""

FLAG_NAMES = {
    "awaitsMe": "ждущие моего шага",
    "overdue": "просроченные",
    "withoutDeadline": "без срока",
    "significant": "под ускоренным решением",
    "prolonged": "продлённые",
    "transferred": "переданные",
    "reworked": "возвращённые в работу",
    "queued": "в очереди координатора",
    "undelivered": "ответ вернулся",
    "rated": "с оценкой заявителя",
    "established": "где соблюдение срока установлено",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the form of filters: `empty` is what the absence is called, "" where there is
    none."""

    label: str
    empty: str
    options: Mapping[str, str]

    def named(self, key: str) -> str:
        """What one value is called; a strange one is its own name."""
        return self.options.get(key, key) if key else self.empty


async def choices_of(context: PageContext) -> Mapping[str, Choice]:
    """What a filter may be made of, as the form shows it."""
    found = await context.ask("Choices")
    book, categories = found["rulebook"], _categories(found["classifier"])
    bodies = (await context.ask("ChooseBody"))["bodies"]["nodes"]
    terms = {one.key: one.name for one in context.region.rules.all(Deadline, context.today)}
    return {
        "theme": Choice("О чём", "без тематики", _options(book["themes"])),
        "municipality": Choice("Где", "без места", _options(book["municipalities"])),
        "body": Choice("У кого", "ещё ни у кого", _options(bodies)),
        "state": Choice("Состояние", "", _members(context, "State")),
        "channel": Choice("Откуда", "", _options(book["channels"])),
        "block": Choice("Блок", "без блока", _options(book["blocks"])),
        "outcome": Choice("Результат", "без результата", _members(context, "Outcome")),
        "regime": Choice("Вид", "", _members(context, "Regime")),
        "view": Choice("Чьи показатели", "", _members(context, "View")),
        "charge": Choice("Чья ответственность", "", _members(context, "CaseCharge")),
        "dueRule": Choice("Какой срок", "без срока", terms),
        **({"category": Choice("Категория", "без категории", categories)} if categories else {}),
    }


def _members(context: PageContext, of: str) -> Mapping[str, str]:
    return {key: one.description for key, one in context.endpoint.types[of].values.items()}


def _categories(found: Sequence[Mapping[str, str | None]]) -> Mapping[str, str]:
    """Rows of the classifier by their keys, in words: object, name, cause."""
    words = ((one["key"], (one["object"], one["name"], one["cause"])) for one in found)
    return {str(key): " — ".join(filter(None, said)) for key, said in words}


def _options(found: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    return {one["key"]: one["name"] for one in found}


def narrowed(asked: Mapping[str, str], choices: Mapping[str, Choice], zone: ZoneInfo) -> list[str]:
    """What an address narrows a list to, each in words of the form."""
    said = [
        f"{one.label}: {', '.join(one.named(key) for key in asked[name].split(','))}"
        for name, one in choices.items()
        if name in asked
    ]
    said += [f"{label}: {asked[name]}" for name, label in WORD_NAMES.items() if asked.get(name)]
    said += _bounds(asked, zone)
    return [*said, *(label for name, label in FLAG_NAMES.items() if asked.get(name) == "1")]


def bound_day(name: str, value: str, zone: ZoneInfo) -> tuple[date, bool] | None:
    """The local day of a bound of an address, an end's last one, and whether it is all of it.

    None for what is no bound.
    """
    try:
        if len(value) == DAY:
            return date.fromisoformat(value), True
        if (moment := moment_in(value)) is None:
            return None
        found = local(moment, zone)
        whole = midnight(found, zone) == moment
        return found - timedelta(whole and name in ENDS), whole
    except (ValueError, OverflowError):
        return None


def form_days(asked: Mapping[str, str], zone: ZoneInfo) -> Mapping[str, str]:
    """What fields of days show: the local days of the bounds, as the browser writes them."""
    found = {name: bound_day(name, asked.get(name, ""), zone) for name in DAY_NAMES}
    return {name: bound[0].isoformat() if bound else "" for name, bound in found.items()}


def beside(asked: Mapping[str, str]) -> Mapping[str, str]:
    """Bounds of an address that the form has no field for, and keeps as they are."""
    names = (*BEGINNINGS, *ENDS)
    return {name: asked[name] for name in names if asked.get(name) and name not in DAY_NAMES}


def _bounds(asked: Mapping[str, str], zone: ZoneInfo) -> Iterator[str]:
    for stem, word in SPANS.items():
        for name in (f"{stem}From", f"{stem}After", f"{stem}Before"):
            if value := asked.get(name):
                ever = (name, value) == EVER
                yield "с ответом" if ever else f"{word} {_bound(name, value, zone)}"


def _bound(name: str, value: str, zone: ZoneInfo) -> str:
    """«с 01.10.2026», «по 31.10.2026 включительно»; by the clock where it is not the edge of a
    day: «раньше 30.11.2026, 18:57»."""
    bound, ended = bound_day(name, value, zone), name in ENDS
    if bound is None:
        return value
    if bound[1]:
        return f"по {day(bound[0])} включительно" if ended else f"с {day(bound[0])}"
    return f"{'раньше' if ended else 'с'} {at(value, zone)}"
