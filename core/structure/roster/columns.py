"""The columns of the directory's tables, by their key or as officials call them."""

from __future__ import annotations

from core.structure.roster.report import Kind

NAMES = {
    "key": ("ключ", "ключ органа"),
    "name": ("название", "наименование", "фио", "ф.и.о.", "имя", "фамилия имя отчество"),
    "kind": ("вид", "вид органа"),
    "parent": ("вышестоящий", "вышестоящий орган"),
    "municipality": ("муниципалитет", "муниципальное образование"),
    "themes": ("тематики",),
    "default": ("по умолчанию",),
    "position": ("должность",),
    "rank": ("ранг",),
    "body": ("орган",),
    "subject": ("логин", "имя в системе входа", "учётная запись"),
    "role": ("роль",),
    "since": ("с", "дата начала", "начало"),
    "until": (),
    "through": ("по", "дата окончания", "окончание"),
    "blocks": ("блоки", "блок"),
    "municipalities": ("муниципалитеты", "муниципальные образования"),
    "direction": ("направление",),
    "powers": ("полномочия",),
    "ground": ("основание", "документ"),
}
"""Each column and its other names; `through` is the last day held, `until` the one after."""

NEEDED = {
    Kind.BODY: frozenset({"key", "name", "kind"}),
    Kind.POSITION: frozenset({"position", "rank"}),
    Kind.PERSON: frozenset({"subject", "name"}),
    Kind.APPOINTMENT: frozenset({"subject", "role", "ground"}),
}
"""What a table has to have to say anything of a kind; one table may say several."""
