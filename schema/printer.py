"""SDL as text: what all regions have stands once, and beside it what only one of them has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphql import DefinitionNode, Node, ObjectTypeDefinitionNode, parse

SDL = Path(__file__).parent / "sdl"
"""Where the schemas of the product's regions are checked in."""

COMMON = "schema"
"""The name of the file that holds for every region."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition as it is written; of an object type the lines of each field apart.

    `head` is everything before the fields, the brace with it.
    """

    name: str
    text: str
    head: str
    fields: Mapping[str, str]

    def only(self, names: Sequence[str], head: str | None = None) -> str:
        """The same with these fields alone, under another head if one is given."""
        fields = "\n\n".join(self.fields[name] for name in names)
        return f"{head or self.head}\n{fields}\n}}"


def shared(sdls: Sequence[str]) -> str:
    """The definitions, and of object types the fields, that are written alike in all of these."""
    first, *others = map(_definitions, sdls)
    kept = (_shared(one, [other.get(key) for other in others]) for key, one in first.items())
    return _joined([text for text in kept if text])


def difference(sdl: str, common: str) -> str:
    """What a region's SDL has beyond what is common, as extensions of it; "" for nothing."""
    known = _definitions(common)
    own = (_beyond(one, known.get(key)) for key, one in _definitions(sdl).items())
    return _joined([text for text in own if text])


def files(sdls: Mapping[str, str]) -> dict[str, str]:
    """What is to be checked in for these regions, by the names of the files without their ending.

    A region has a file only where something differs.
    """
    common = shared([*sdls.values()])
    own = {code: difference(sdl, common) for code, sdl in sdls.items()}
    return {COMMON: common, **{code: text for code, text in own.items() if text}}


def _shared(one: Definition, others: Sequence[Definition | None]) -> str:
    if any(other is None or other.head != one.head for other in others):
        return ""
    alike = [
        name
        for name, text in one.fields.items()
        if all(other is not None and other.fields.get(name) == text for other in others)
    ]
    return one.text if len(alike) == len(one.fields) else one.only(alike)


def _beyond(one: Definition, known: Definition | None) -> str:
    if known is None:
        return one.text
    own = [name for name in one.fields if name not in known.fields]
    return one.only(own, f"extend type {one.name} {{") if own else ""


def _definitions(sdl: str) -> dict[Key, Definition]:
    nodes = parse(sdl).definitions
    return {(node.kind, _name(node)): _definition(node, sdl) for node in nodes}


def _definition(node: DefinitionNode, sdl: str) -> Definition:
    text = _written(node, sdl)
    if not isinstance(node, ObjectTypeDefinitionNode) or not node.fields:
        return Definition(_name(node), text, text, {})
    fields = {field.name.value: "  " + _written(field, sdl) for field in node.fields}
    head = text[: text.index(next(iter(fields.values())))].rstrip()
    return Definition(_name(node), text, head, fields)


def _written(node: Node, sdl: str) -> str:
    assert node.loc is not None
    return sdl[node.loc.start : node.loc.end]


def _name(node: Node) -> str:
    name: str = node.name.value  # type: ignore[attr-defined]
    return name


def _joined(texts: Sequence[str]) -> str:
    return "\n\n".join(texts) + "\n" if texts else ""
