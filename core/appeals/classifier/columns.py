"""The columns of a classifier's table, by their key or as officials call them."""

from __future__ import annotations

NAMES = {
    "row": ("№", "№ п/п", "номер", "номер строки", "строка"),
    "key": ("ключ", "код"),
    "act": ("акт", "документ"),
    "annex": ("приложение",),
    "object": ("объект",),
    "category": ("категория",),
    "cause": ("причина",),
    "theme": ("тематика",),
    "municipality": ("муниципалитет", "муниципальное образование"),
    "season": ("сезон",),
    "stages": ("сроки", "сроки стадий", "сроки по стадиям"),
    "evidence": ("подтверждение", "подтверждения", "чем подтверждается"),
    "body": ("орган", "ответственный орган", "исполнитель"),
    "since": ("с", "дата начала", "действует с"),
    "through": ("по", "дата окончания", "действует по"),
    "until": ("действует до",),
}
"""Each column and its other names; `through` is the last day of a row, `until` the one after."""

NEEDED = frozenset({"row", "act", "object", "category", "since"})
INHERITED = ("act", "annex", "object", "since")
"""What a blank cell takes over from the row above: annexes join such cells."""
