"""Header cells of rows: PDF/UA asks for them, typst's wheel sets those of columns alone."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from typing import Any


def with_row_headers(made: bytes) -> bytes:
    """The same file, the first cell of each row of every table a header of its row.

    In PDF 1.4 typst says neither what heads a column nor that rows stand in their table: here both
    are said.
    """
    pikepdf: Any = importlib.import_module("pikepdf")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        tables = [one for one in _elements(pdf.Root.StructTreeRoot) if one.S == "/Table"]
        for table in tables:
            _straighten(pikepdf, table)
            for row in _below(table, "/TR"):
                cells = [one for one in _elements(row) if one.S in ("/TD", "/TH")]
                for place, cell in enumerate(cells):
                    if cell.S == "/TH" or place == 0:
                        _head(pikepdf, cell, "/Column" if cell.S == "/TH" else "/Row")
        if not tables:
            return made
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


def _straighten(pikepdf: Any, table: Any) -> None:
    """Rows below paragraphs, which stand for heads and bodies there, come to the table itself."""
    if all(one.S != "/P" for one in _children(table)):
        return
    rows = list(_below(table, "/TR"))
    for row in rows:
        row.P = table
    table.K = pikepdf.Array(rows)


def _head(pikepdf: Any, cell: Any, scope: str) -> None:
    """Make it a header; of a scope where it tells none."""
    cell.S = pikepdf.Name.TH
    told = cell.get("/A")
    attributes = [told] if told is not None and not _is_list(told) else list(told or [])
    if any("/Scope" in one for one in attributes):
        return
    own = next((one for one in attributes if one.get("/O") == "/Table"), None)
    if own is None:
        own = pikepdf.Dictionary(O=pikepdf.Name.Table)
        attributes.append(own)
    own.Scope = pikepdf.Name(scope)
    cell.A = pikepdf.Array(attributes)


def _below(node: Any, kind: str) -> Iterator[Any]:
    return (one for one in _elements(node) if kind == one.S)


def _elements(node: Any) -> Iterator[Any]:
    """The structure elements below a node, in the order of reading."""
    for one in _children(node):
        yield one
        yield from _elements(one)


def _children(node: Any) -> list[Any]:
    below = node.get("/K")
    if below is None:
        return []
    return [one for one in (below if _is_list(below) else [below]) if _is_element(one)]


def _is_list(thing: Any) -> bool:
    return type(thing).__name__ == "Array" or getattr(thing, "_type_name", "") == "array"


def _is_element(thing: Any) -> bool:
    return getattr(thing, "_type_name", "") == "dictionary" and thing.get("/S") is not None
