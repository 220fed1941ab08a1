"""What an entry of the journal changed, in words: it keeps keys, codes and numbers of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import orjson
from graphql import GraphQLEnumType, GraphQLSchema

from core.appeals.model import Appeal
from core.directory.model import Body, Person
from core.obligations.model import ObligationRow
from core.structure.blocks import load_blocks
from schema.board.lookups import rows_among
from schema.board.saved import PageContext
from schema.board.words.keys import keys_of
from schema.board.words.people import names_of
from schema.board.words.values import at, day, moment, number, plainly, quarter

FIELDS: Mapping[str, str] = {
    "added": "добавлено", "addressee": "кому", "amount": "значение", "answering": "кто отвечает",
    "appeal": "обращение", "asker": "кто запросил", "attempts": "попыток", "block": "блок",
    "body": "орган", "by": "по чему", "cases": "обращений", "categories": "категорий",
    "changed": "изменено", "channels": "каналы", "closed": "последний день",
    "cluster": "группа похожих", "code": "код отказа", "corrects": "исправляет заметку",
    "completeness": "полнота по существу", "days": "суток до полного балла",
    "decision": "решение",
    "decisions": "решений", "deed": "что сделано", "digest": "отпечаток", "document": "документ",
    "done": "сделано", "draft": "проект", "draft_on": "день проекта",
    "due": "последний день", "due_at": "срок",
    "edition": "редакция методики", "end": "последний день", "ended": "окончено",
    "error": "что случилось", "events": "событий", "final_on": "день итога", "form": "форма",
    "followed": "суток наблюдения",
    "format": "вид файла", "found": "найдено", "found_by": "по чему найдено", "head": "начальник",
    "hold": "почему придержано", "key": "ключ", "kind": "вид", "links": "ссылок", "mark": "оценка",
    "made_at": "когда создано", "measure": "что посчитано", "method": "методика",
    "moved": "перенесено", "municipality": "где",
    "name": "название", "note": "заметка", "notice": "уведомление", "number": "номер",
    "on": "день", "opened": "принято обращение", "origin": "откуда", "outcome": "результат",
    "owner": "чьё", "parent": "вышестоящий орган", "partner": "партнёр", "party": "сторона",
    "period": "период", "periods": "периодов", "person": "лицо",
    "positions": "должностей", "quality": "качество", "reason": "причина",
    "record": "отпечаток записи", "refused": "отказано", "role": "роль", "round": "круг",
    "rows": "строк", "said": "чем признано", "since": "с какого дня", "size": "размер, байт",
    "stage": "ступень", "start": "начало периода", "state": "состояние",
    "status": "что сказано", "step": "шаг",
    "subject": "чей", "term": "срок по правилу", "theme": "тематика", "time": "сроки",
    "title": "название",
    "told": "извещено лиц", "trigger": "основание", "unchecked": "почему не проверено",
    "until": "по какой день", "upheld": "возражение принято", "url": "адрес",
    "used": "для чего", "body/opened": "первый день",
    "rating_draft/moved": "у скольких другое место",
    "rating_draft/periods": "кварталы", "verdict": "вывод", "version": "версия",
    "volume": "наименьшее число обращений", "weights": "веса",
}  # fmt: skip
"""What each field is called; a test holds them against all that is written."""

ENUMS: Mapping[str, str] = {
    "appeal/state": "State", "document/state": "DocumentState", "attachment/kind": "FileKind",
    "material_request/state": "RequestState", "problem/state": "ProblemState",
    "letter/kind": "LetterKind", "letter/said": "LetterSaid", "letter/found_by": "LetterFound",
    "indicator/state": "IndicatorState", "indicator/party": "Authority",
    "indicator/stage": "Stage", "rating/state": "RatingStage",
    "problem_sighting/kind": "SightingKind",
    "document/deed": "DocumentDeed", "batch/step": "BatchStep", "obligation/owner": "Authority",
    "material_request/asker": "RequestSide", "material_request/addressee": "RequestSide",
    "partner_dealing/form": "DealingForm", "attachment/state": "ScanState",
    "attachment/unchecked": "UncheckedReason", "attachment/hold": "AttachmentHold",
    "attachment/origin": "AttachmentOrigin", "appeal/outcome": "Outcome",
    "tabulation/measure": "Statistic", "tabulation/by": "Dimension",
    "tabulation/kind": "TabulationKind", "tabulation/code": "RefusalCode",
}  # fmt: skip
"""Whose code a field of an entry about such a thing holds; elsewhere the one that fits alone."""

BODIES = frozenset({"body", "parent", "answering", "partner"})
CASES = ("appeal", "opened")
OWED = "obligation/key"
NONE = "нет"
PERIOD = re.compile(r"\d{4}-Q[1-4]")
DIGEST = re.compile(r"[0-9a-f]{40,}")
DAY, MOMENT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT.*")
SHORT, REGIONS = 12, 100
Change = tuple[str, str, str]


async def changes(context: PageContext, rows: Iterable[Mapping[str, Any]]) -> list[list[Change]]:
    """Of each entry what was and what became of its fields; "" where it had no such side."""
    pairs = [(orjson.loads(one["before"]), orjson.loads(one["after"])) for one in rows]
    names = await _names(context, pairs)
    kinds = [one["subject"].partition(":")[0] for one in rows]
    return [[*_told(context, kind, pair, names)] for kind, pair in zip(kinds, pairs, strict=True)]


def caused(context: PageContext, cause: str | None) -> str | None:
    """The norm that a reference stands for, as lawyers write it; other reasons as they are."""
    if not cause:
        return None
    clause = context.region.rules.clause(cause)
    return clause.title if clause else plainly(cause)


def _told(
    context: PageContext, kind: str, pair: tuple[Any, Any], names: Mapping[str, str]
) -> Iterator[Change]:
    before, after = pair
    for name in dict.fromkeys((*before, *after)):
        if name in before and name in after and before[name] == after[name]:
            continue
        sides = (
            _said(context, f"{kind}/{name}", side[name], names) if name in side else ""
            for side in (before, after)
        )
        was, became = sides
        yield FIELDS.get(f"{kind}/{name}") or FIELDS.get(name, name), was, became


def _said(context: PageContext, field: str, value: Any, names: Mapping[str, str]) -> str:
    if value is None or value in ("", [], {}):
        return NONE
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, list):
        return ", ".join(_said(context, field, one, names) for one in value)
    if isinstance(value, dict):
        kind = field.partition("/")[0]
        return "; ".join(
            f"{FIELDS.get(name, name)} {_held(one, _said(context, f'{kind}/{name}', one, names))}"
            for name, one in value.items()
        )
    name = field.partition("/")[2]
    found = names.get(f"{field}:{value}") or names.get(f"{name}:{value}")
    if found is not None:
        return found
    return number(value) if isinstance(value, int | float) else _written(context, field, value)


def _held(value: Any, said: str) -> str:
    return f"({said})" if isinstance(value, dict) and value else f"— {said}"


def _written(context: PageContext, field: str, value: str) -> str:
    if MOMENT.fullmatch(value):
        return at(moment(value), context.zone)
    if DAY.fullmatch(value):
        return day(value)
    if PERIOD.fullmatch(value):
        return quarter(value)
    if DIGEST.fullmatch(value):
        return f"{value[:SHORT]}…"
    return _label(context, field, value) or value


def _label(context: PageContext, field: str, value: str) -> str | None:
    """The word of a code: of the field's own enum, else the only one that it may mean."""
    code, own = value.upper().replace("-", "_"), ENUMS.get(field)
    if own is None:
        return _alone(context.endpoint.graphql).get(code)
    found = context.endpoint.types[own].values.get(code)
    return None if found is None else found.description


@lru_cache(REGIONS)
def _alone(graphql: GraphQLSchema) -> Mapping[str, str]:
    """The word of each code that has the same one in whatever enum it stands."""
    said: dict[str, set[str]] = {}
    for one in graphql.type_map.values():
        if isinstance(one, GraphQLEnumType):
            for code, value in one.values.items():
                said.setdefault(code, set()).add(value.description or "")
    return {code: words.pop() for code, words in said.items() if len(words) == 1}


async def _names(context: PageContext, pairs: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """What the rows and keys in them are called, by «field:value»."""
    sides = [side for pair in pairs for side in pair]
    rules, today = context.region.rules, context.today
    found = dict(keys_of(rules))
    bodies = {one for side in sides for name in BODIES for one in _each(side.get(name))}
    persons = {one for side in sides for one in _each(side.get("person")) if isinstance(one, int)}
    if any(side.get("block") for side in sides):
        async with context.reading() as work:
            blocks = (await load_blocks(work.session, rules)).all(today)
        found |= {f"block:{one.key}": one.name for one in blocks}
    for column, kind in ((Body.id, int), (Body.key, str)):
        keys = [one for one in bodies if isinstance(one, kind)]
        for row, called in await rows_among(context, column, keys, Body.name) if keys else ():
            found |= {f"{name}:{row}": called for name in BODIES}
    for row, called in (
        await rows_among(context, Person.id, persons, Person.name) if persons else ()
    ):
        found[f"person:{row}"] = called
    cases = {one for side in sides for name in CASES for one in _each(side.get(name))}
    rows = [one for one in cases if isinstance(one, int)]
    for row, called in await rows_among(context, Appeal.id, rows, Appeal.number) if rows else ():
        found |= {f"{name}:{row}": called for name in CASES}
    owed = {side["key"] for side in sides if {"key", "start"} <= side.keys()}
    due = await rows_among(context, ObligationRow.key, owed, ObligationRow.name) if owed else ()
    found |= {f"{OWED}:{key}": name for key, name in due}
    logins = {one for side in sides for one in _each(side.get("subject")) if isinstance(one, str)}
    if logins:
        found |= {f"subject:{one}": name for one, name in (await names_of(context, logins)).items()}
    return found


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
