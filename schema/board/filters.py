"""The form that narrows a list: what it offers, and what an address has narrowed, in its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schema.board.saved import Desk
from schema.board.words import day

WORD_NAMES = {"text": "Слова", "address": "Адрес", "number": "Номер"}
DAY_NAMES = {
    "receivedFrom": "Поступило с",
    "receivedBefore": "Поступило по",
    "dueFrom": "Срок с",
    "dueBefore": "Срок по",
}
FLAG_NAMES = {
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


async def choices_of(desk: Desk) -> Mapping[str, Choice]:
    """What a filter may be made of, as the form shows it."""
    book = (await desk.ask("Choices"))["rulebook"]
    bodies = (await desk.ask("ChooseBody"))["bodies"]["nodes"]
    states = desk.endpoint.types["State"].values.items()
    return {
        "theme": Choice("О чём", "без тематики", _options(book["themes"])),
        "municipality": Choice("Где", "без места", _options(book["municipalities"])),
        "body": Choice("У кого", "ещё ни у кого", _options(bodies)),
        "state": Choice("Состояние", "", {key: one.description for key, one in states}),
        "channel": Choice("Откуда", "", _options(book["channels"])),
        "block": Choice("Блок", "без блока", _options(book["blocks"])),
    }


def _options(found: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    return {one["key"]: one["name"] for one in found}


def narrowed(asked: Mapping[str, str], choices: Mapping[str, Choice]) -> list[str]:
    """What an address narrows a list to, each in words of the form."""
    said = [
        f"{one.label}: {', '.join(one.named(key) for key in asked[name].split(','))}"
        for name, one in choices.items()
        if name in asked
    ]
    said += [f"{label}: {asked[name]}" for name, label in WORD_NAMES.items() if asked.get(name)]
    said += [
        f"{label} {_told(asked[name])}" for name, label in DAY_NAMES.items() if asked.get(name)
    ]
    return [*said, *(label for name, label in FLAG_NAMES.items() if asked.get(name) == "1")]


def _told(value: str) -> str:
    try:
        return day(value)
    except ValueError:
        return value
