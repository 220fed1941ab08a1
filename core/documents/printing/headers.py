"""Header cells of rows: PDF/UA asks for them, typst's wheel sets those of columns alone."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from typing import Any


def with_row_headers(made: bytes) -> bytes:
    """The same file, the first cell of each row of every table a header of its row."""
    pikepdf: Any = importlib.import_module("pikepdf")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        root = pdf.Root.StructTreeRoot
        rows = [one for one in _elements(root) if one.get("/S") == pikepdf.Name.TR]
        for row in rows:
            _mark(pikepdf, row)
        if not rows:
            return made
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


def _mark(pikepdf: Any, row: Any) -> None:
    first = next((one for one in _elements(row) if one.get("/S") in ("/TD", "/TH")), None)
    if first is None or first.get("/S") == pikepdf.Name.TH:
        return
    first.S = pikepdf.Name.TH
    told = first.get("/A")
    attributes = [told] if told is not None and not _is_list(told) else list(told or [])
    for one in attributes:
        if one.get("/O") == pikepdf.Name.Table:
            one.Scope = pikepdf.Name.Row
            return
    own = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
    first.A = pikepdf.Array([*attributes, own])


def _elements(node: Any) -> Iterator[Any]:
    """The structure elements below a node, in the order of reading."""
    below = node.get("/K")
    if below is None:
        return
    for one in below if _is_list(below) else [below]:
        if hasattr(one, "get") and _is_element(one):
            yield one
            yield from _elements(one)


def _is_list(thing: Any) -> bool:
    return type(thing).__name__ == "Array" or getattr(thing, "_type_name", "") == "array"


def _is_element(thing: Any) -> bool:
    return getattr(thing, "_type_name", "") == "dictionary" and thing.get("/S") is not None
