"""The form of a new document: its block, and the fields that its kind has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from core.documents.rules.content import FieldForm
from schema.board.forms.controls import NOBODY, Control

OWN = "own-"
"""Begins the names of fields that the kind has, before their keys."""

KINDS = {FieldForm.TEXT.name: "textarea", FieldForm.DAY.name: "date", FieldForm.TABLE.name: "lines"}
CELLS = re.compile(r"\t|\|")
"""Stand between the cells of a row, as they are typed and as a spreadsheet copies them."""


def drafting(shown: Mapping[str, Any], controls: Iterable[Control]) -> Iterator[Control]:
    """The fields of a new one: its title, its block where it is of one, those of the kind.

    A draft need not have them all yet. A row of a table is a line.
    """
    blocks = tuple((one["key"], one["name"]) for one in shown["kind"]["blocks"])
    for control in controls:
        if control.name == "title":
            yield control
        elif control.name == "block" and blocks:
            options = (NOBODY, *blocks)
            yield replace(control, label="Блок", kind="select", options=options, required=True)
    for one in shown["kind"]["fields"]:
        columns = " | ".join(one["columns"])
        yield Control(
            OWN + one["key"],
            one["name"],
            KINDS[one["form"]],
            required=False,
            many=bool(columns),
            note=f"строка таблицы на своей строке: {columns}" if columns else _when(one),
        )


def drafted(shown: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The input of a new document out of what was typed in its fields."""
    rest = {name: value for name, value in given.items() if not name.startswith(OWN)}
    values = [
        {"key": name.removeprefix(OWN), **_value(value)}
        for name, value in given.items()
        if name.startswith(OWN)
    ]
    return {**rest, "kind": shown["kind"]["key"], "values": values}


def _when(one: Mapping[str, Any]) -> str:
    return "нужно до представления" if one["required"] else ""


def _value(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, list):
        return {"text": value}
    return {"rows": [[cell.strip() for cell in CELLS.split(line)] for line in value]}
