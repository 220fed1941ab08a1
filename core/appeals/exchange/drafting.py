"""`tsur import --explain`: a mapping drafted from the file itself, for a person to finish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from core.appeals.exchange.dates import RUSSIAN, BadCell, Dates
from core.appeals.exchange.fields import MOMENTS, REQUIRED, TITLES
from core.appeals.exchange.tables import open_table
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.heading import alike
from core.kernel.tables.rows import Row, Table
from core.kernel.tables.source import examine

LOOKED_AT = 200
FEW = 12
"""Different words of a column that are listed: with more it is no list of values."""

CALLED: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "external_id": (
            "номер", "номер обращения", "id", "id обращения", "рег номер", "регистрационный номер",
            "№", "№ обращения", "номер сообщения", "№ сообщения", "id сообщения", "номер заявки",
            "service request id", "case id", "unique key", "key",
        ),
        "channel": ("канал", "источник", "канал поступления", "источник поступления", "source"),
        "text": (
            "текст", "текст обращения", "текст сообщения", "содержание", "содержание обращения",
            "суть", "суть обращения", "суть вопроса", "суть проблемы", "описание", "проблема",
            "что случилось", "что", "вопрос", "description", "message",
        ),
        "received": (
            "дата", "дата поступления", "поступило", "дата создания", "создано", "получено",
            "дата обращения", "дата подачи", "дата и время", "дата и время поступления", "когда",
            "requested datetime", "created", "created date", "open dt",
        ),
        "registered": ("дата регистрации", "зарегистрировано", "registered at"),
        "promised": (
            "срок", "плановая дата", "контрольный срок", "срок исполнения", "срок ответа",
            "expected datetime", "due date", "due", "target dt",
        ),
        "answered": ("дата ответа", "отвечено", "дата исполнения", "answered at"),
        "closed": ("дата закрытия", "закрыто", "closed date", "closed dt", "closed at"),
        "outcome": ("итог", "результат", "результат рассмотрения"),
        "topic": (
            "тема", "категория", "подкатегория", "тема обращения", "service name", "category",
        ),
        "theme": ("тематика",),
        "category": ("код категории", "категория классификатора"),
        "municipality": ("муниципалитет", "муниципальное образование", "район", "территория"),
        "oktmo": ("октмо", "код октмо"),
        "address": (
            "адрес", "место", "адрес проблемы", "адрес события", "адрес объекта", "где",
            "address string",
        ),
        "latitude": ("широта", "lat"),
        "longitude": ("долгота", "long", "lon", "lng"),
        "addressee": ("адресат", "кому", "исполнитель", "орган", "agency responsible"),
        "complained_body": ("на кого жалоба", "на кого жалуется"),
        "regime": ("вид", "вид обращения", "тип", "тип обращения", "обращение или сообщение"),
        "applicant_kind": ("вид заявителя", "тип заявителя", "категория заявителя"),
        "residence": ("проживание",),
        "residence_municipality": ("муниципалитет проживания", "район проживания"),
        "identified_by": ("идентификация", "способ идентификации"),
        "anonymous": ("анонимное",),
        "offence": ("правонарушение",),
        "order": ("порядок", "порядок рассмотрения"),
        "name": ("фио", "заявитель", "фио заявителя", "фамилия имя отчество", "автор"),
        "contact": (
            "телефон", "контактный телефон", "номер телефона", "контакт", "контакты", "email",
            "e-mail", "почта", "эл почта", "электронная почта", "адрес электронной почты",
        ),
        "postal_address": ("почтовый адрес", "адрес заявителя", "адрес проживания"),
    }
)  # fmt: skip
"""What other systems call our fields."""

FORMATS = (
    *RUSSIAN, "%d.%m.%y %H:%M", "%d.%m.%y", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y",
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y", "%d-%m-%Y",
    "%Y/%m/%d %H:%M:%S", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d",
    "%d-%b-%Y", "%d %B %Y", "%B %d, %Y",
)  # fmt: skip
"""Formats of dates that are tried on a file; several that fit are all told."""


def drafted(path: Path) -> str:
    """A mapping for the file as TOML with remarks; BROKEN_FILE where it cannot be read or is void.

    An answer without objects has no columns: it is opened with all that were asked for.
    """
    wanted = [*TITLES, *(name for names in CALLED.values() for name in names)]
    with open_table(examine(path), wanted) as table:
        if list(table.columns) == wanted:
            text = "В файле нет ни одного обращения: набросок пишется по файлу, в котором они есть"
            raise Refusal(RefusalCode.BROKEN_FILE, text)
        rows = [row for row in islice(table.rows, LOOKED_AT) if isinstance(row, Row)]
        found = _found(table.columns)
        return "\n".join([*_opening(path, table), *_body(table, rows, found)]) + "\n"


def _found(columns: Sequence[str]) -> dict[str, str]:
    """The columns whose names say what they are, by field; each column once.

    A nested value goes by its own name where nothing else is called so.
    """
    named = [column for column in reversed(columns) if column]
    by_look = {alike(column.rpartition(".")[2]): column for column in named}
    by_look |= {alike(column): column for column in named}
    found: dict[str, str] = {}
    for field in TITLES:
        for name in (field, *CALLED[field]):
            column = by_look.get(alike(name))
            if column is not None and column not in found.values():
                found[field] = column
                break
    return found


def _opening(path: Path, table: Table) -> list[str]:
    return [
        f"# Набросок соответствия для файла «{path.name}»: проверьте и дополните.",
        f"# Файл понят так: {table.told}.",
        "",
    ]


def _body(table: Table, rows: Sequence[Row], found: Mapping[str, str]) -> list[str]:
    cells = {
        name: [row.cells[place] for row in rows if row.cells[place].strip()]
        for place, name in enumerate(table.columns)
    }
    lines = ["[source]"]
    if "channel" not in found:
        lines.append('channel = ""  # канал, если он один на весь файл')
    lines.append(f"external_id = {_quoted(found.get('external_id', ''))}")
    dates = Dates(ZoneInfo("UTC"), book=table.book, uncounted=table.uncounted)
    moments = [cell for field in MOMENTS for cell in cells.get(found.get(field, ""), ())]
    lines += _dates([*dict.fromkeys(moments)], dates)
    lines += [
        '# zone = "Europe/Moscow"  # если время в файле не по региону',
        '# blank = ["-", "нет"]  # слова, которые значат «ничего»',
        "",
        "[columns]",
    ]
    for field, column in found.items():
        if field != "external_id":
            lines.append(f"{field} = {_quoted(column)}  # {TITLES[field]}")
    for field in REQUIRED[2:]:
        if field not in found:
            lines.append(f'{field} = ""  # {TITLES[field]}: назовите столбец')
    unused = [name for name in table.columns if name and name not in found.values()]
    if unused:
        lines += ["", "# Столбцы, которые никуда не попали:"]
        lines += [f"#   {_quoted(name)}" for name in unused]
    unfilled = [field for field in TITLES if field not in found and field not in REQUIRED]
    lines += ["", "# Поля, для которых столбца не видно:"]
    lines += [f"#   {field}: {TITLES[field]}" for field in unfilled]
    return [*lines, *_lists(cells, found)]


def _dates(cells: Sequence[str], usual: Dates) -> list[str]:
    """The formats that read these cells, unless the usual ones do; what none reads is shown."""
    strange = _unread(usual, cells)
    if not strange:
        return []
    tried = {one: _unread(replace(usual, patterns=(one,)), cells) for one in FORMATS}
    whole = [one for one in FORMATS if not tried[one]]
    if whole:
        remark = "  # подходят все: оставьте верный" if len(whole) > 1 else ""
        return [f"dates = [{_listed(whole)}]{remark}"]
    some = [one for one in FORMATS if len(tried[one]) < len(cells)]
    left = [cell for cell in strange if all(cell in tried[one] for one in some)]
    remarks = [f"# Эти даты не читает ни один известный формат: {_listed(left[:FEW])}"] * bool(left)
    if set(left) == set(strange):
        return remarks
    return [f"dates = [{_listed(some)}]  # форматов несколько: оставьте верные", *remarks]


def _unread(dates: Dates, cells: Sequence[str]) -> list[str]:
    """The cells that are no dates so, each once."""
    return [cell for cell in dict.fromkeys(cells) if not _is_read(dates, cell)]


def _is_read(dates: Dates, cell: str) -> bool:
    try:
        dates.read(cell)
    except BadCell:
        return False
    return True


def _lists(cells: Mapping[str, Sequence[str]], found: Mapping[str, str]) -> list[str]:
    """For columns of a few words, the lists that say what they mean here."""
    lines: list[str] = []
    for field in ("channel", "topic", "regime", "outcome"):
        words = list(dict.fromkeys(cells.get(found.get(field, ""), ())))
        if words and len(words) <= FEW:
            into = "theme" if field == "topic" else field
            lines += ["", f"# Слова столбца {_quoted(found[field])} переводит список из двух"]
            lines += ["# столбцов, from и to, в файле CSV, XLSX или ODS:"]
            lines += [f"# [values.{field}]", f'# file = "{field}.csv"']
            lines += [f'# into = "{into}"'] if into != field else []
            lines += [f"#   {word}" for word in words]
    return lines


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(map(_quoted, texts))


def _quoted(text: str) -> str:
    """As TOML writes a string of one line."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'
