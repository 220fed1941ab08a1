"""The form of a document: its block while it is new, and the fields that its kind has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from core.documents.rules.content import FieldForm
from schema.board.forms.controls import NOBODY, Control

OWN = "own-"
"""Begins the names of fields that the kind has, before their keys."""

KINDS = {FieldForm.TEXT.name: "textarea", FieldForm.DAY.name: "date", FieldForm.TABLE.name: "lines"}
TAB, BAR = "\t", "|"
"""Stand between the cells of a row: a tab where the line has one, as a spreadsheet copies it."""


def drafting(shown: Mapping[str, Any], controls: Iterable[Control]) -> Iterator[Control]:
    """The fields: its title, the block of a new one where it is of one, those of the kind.

    A draft need not have them all yet. A row of a table is a line.
    """
    blocks = tuple((one["key"], one["name"]) for one in shown["form"]["blocks"])
    for control in controls:
        if control.name == "title":
            yield control
        elif control.name == "block" and blocks:
            options = (NOBODY, *blocks)
            yield replace(control, label="Блок", kind="select", options=options, required=True)
    for one in shown["form"]["fields"]:
        columns = " | ".join(one["columns"])
        yield Control(
            OWN + one["key"],
            one["name"],
            KINDS[one["form"]],
            required=False,
            many=bool(columns),
            note=f"каждая строка таблицы с новой строки: {columns}" if columns else _when(one),
        )


def drafted(shown: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The input of a document out of what was typed in its fields: a new one is of a kind."""
    rest = {name: value for name, value in given.items() if not name.startswith(OWN)}
    values = [
        {"key": name.removeprefix(OWN), **_value(value)}
        for name, value in given.items()
        if name.startswith(OWN)
    ]
    kind = {"kind": shown["form"]["key"]} if shown["id"] is None else {}
    return {**rest, **kind, "values": values}


def beside(shown: Mapping[str, Any], typed: Mapping[str, str] | None) -> dict[str, Any]:
    """What the fields of one that is begun hold, as it would be typed; which of them hold other
    words than were `typed`, by their names, and what."""
    held = {"title": shown["title"], **{OWN + one["key"]: _held(one) for one in shown["values"]}}
    names = {OWN + one["key"]: one["name"] for one in shown["form"]["fields"]}
    unlike = [
        (name, held.get(key, ""))
        for key, name in {"title": "Название", **names}.items()
        if typed is not None and held.get(key, "").split() != typed.get(key, "").split()
    ]
    return {"standing": held, "unlike": unlike}


def _held(one: Mapping[str, Any]) -> str:
    return one["text"] or "\n".join(map(_line, one["rows"] or ()))


def _when(one: Mapping[str, Any]) -> str:
    return "нужно до представления" if one["required"] else ""


def _value(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, list):
        return {"text": value}
    return {"rows": [[cell.strip() for cell in _cells(line)] for line in value]}


def _cells(line: str) -> list[str]:
    return line.split(TAB if TAB in line else BAR)


def _line(row: list[str]) -> str:
    """A row as it is typed, each cell on one line; between tabs where a bar is of a cell."""
    cells = [" ".join(cell.split()) for cell in row]
    return (TAB if any(BAR in cell for cell in cells) else f" {BAR} ").join(cells)
