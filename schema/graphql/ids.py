"""Relay's global ids: the kind of a row and its number. What a client sends is read strictly."""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64
from typing import Annotated, Protocol

import strawberry

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from schema.graphql.fields import field

LONGEST_ID = 200
LARGEST_NUMBER = 2**63 - 1
NO_PLACE = "Такого места в потоке нет: начните с нынешнего"
NAMED_NUMBER = re.compile(r"([A-Z][A-Za-z]*):([1-9][0-9]{0,18})", re.ASCII)

GlobalId = Annotated[strawberry.ID, strawberry.argument(name="id", description="Глобальный номер")]


class Numbered(Protocol):
    """A row with a number."""

    @property
    def id(self) -> int:
        """The row's primary key."""


def encode_id(row: Numbered) -> str:
    """The global id of a row, which has the name of its GraphQL type."""
    return global_id(type(row).__name__, row.id)


def global_id(kind: str, number: int) -> str:
    """The global id of a number of this kind."""
    return b2a_base64(f"{kind}:{number}".encode(), newline=False).decode()


def split_id(value: str) -> tuple[str, int]:
    """The kind and the number behind a global id; Refusal(INVALID) for anything else."""
    found = NAMED_NUMBER.fullmatch(unpacked(value) or "")
    if found is None or int(found[2]) > LARGEST_NUMBER:
        raise Refusal(RefusalCode.INVALID, "Глобальный номер не читается")
    return found[1], int(found[2])


def place_in(given: str) -> int:
    """The line of the journal that a place in the stream of events is; Refusal(INVALID)."""
    if not (given.isascii() and given.isdigit() and len(given) <= len(str(LARGEST_NUMBER))):
        raise Refusal(RefusalCode.INVALID, NO_PLACE)
    return int(given)


def decode_id(value: str, kind: str) -> int:
    """The number behind a global id of this kind; Refusal(INVALID) for anything else."""
    found, number = split_id(value)
    if found != kind:
        raise Refusal(RefusalCode.INVALID, f"Нужен номер объекта {kind}, а это {found}")
    return number


def is_id(value: str) -> bool:
    """Whether this is a global id of any kind, and not a key."""
    return NAMED_NUMBER.fullmatch(unpacked(value) or "") is not None


def unpacked(value: str) -> str | None:
    """The text behind canonical base64, None for whatever is not exactly that."""
    if len(value) > LONGEST_ID or not value.isascii():
        return None
    try:
        content = a2b_base64(value, strict_mode=True)
        text = content.decode()
    except ValueError:
        return None
    return text if b2a_base64(content, newline=False).decode() == value else None


def id_of(root: strawberry.Parent[Numbered]) -> str:
    """Resolver of a row's `id`."""
    return encode_id(root)


@strawberry.interface(description="Объект с глобальным номером")
class Node:
    """Whatever `node(id)` finds; the types that implement it are resolved from rows."""

    id: strawberry.ID = field("Глобальный номер", id_of)
