"""Every field of the API is given what it promises; and a field that is not is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import pytest
import strawberry
from graphql import GraphQLObjectType

from core.appeals.model import Answer, Appeal, LedgerEntry
from core.directory.model import Body
from core.kernel.region import Region
from schema.build import SUBJECTS, build_schema, subjects_of
from schema.directory.loaders import BODIES, BODIES_BY_KEY
from schema.graphql.fields import field
from schema.graphql.loaders import Rows
from schema.graphql.resolvers import derived, related
from schema.graphql.scalars import SCALARS
from tests.schema.agreement import Agreement

JSON = {
    "Answer.evidence[]",
    "Appointment.blocks[]",
    "Appointment.municipalities[]",
    "BlockProposal.themes[]",
    "Dealing.participants[]",
    "RatingObjection.appeals[]",
}
"""Lists that a column keeps as JSON: nothing says what is in them. It may only shrink."""

FROZEN = {
    "RatingContribution": ("cases", "criterion", "name", "weight"),
    "RatingEntry": ("cases", "name", "raw", "subject", "theme"),
    "RatingGroup": ("key", "name"),
    "RatingMovedPlace": ("after", "before", "name", "subject", "theme"),
    "RatingPlace": ("name", "subject", "theme"),
    "RatingTable": ("minimum",),
}
"""What is read out of the sealed JSON of a rating: tests/schema/ratings asks for each by HTTP."""


async def test_every_resolver_gives_what_its_field_promises(kursk: Region) -> None:
    schema = build_schema(kursk)._schema
    subjects = (*SUBJECTS, *subjects_of(kursk))
    nodes = [kind.rows for subject in subjects for kind in subject.nodes]
    found = Agreement(schema, nodes).follow()
    assert found.wrong == []
    frozen = {f"{kind}.{name}" for kind, names in FROZEN.items() for name in names}
    assert found.unknown == JSON | frozen
    types = {name for name, kind in schema.type_map.items() if isinstance(kind, GraphQLObjectType)}
    beyond = {name for name in types - set(found.resolved) if not name.startswith("__")}
    assert beyond == {"Evidence"}
    assert found.resolved["Appeal"] == {Appeal}
    assert len(found.resolved) > 80


@dataclass
class Row:
    number: int
    name: str | None
    day: date
    moment: datetime
    sure: bool
    rate: Decimal
    names: tuple[str, ...]
    other: Other

    @property
    def length(self) -> int:
        return 0

    @cached_property
    def title(self) -> str:
        return ""


@dataclass
class Other:
    key: str


def _number(root: strawberry.Parent[Row]) -> int:
    return root.number


def _string(root: strawberry.Parent[Row]) -> str:
    return str(root)


async def _perhaps(root: strawberry.Parent[Row]) -> str | None:
    return root.name


def _others(root: strawberry.Parent[Other]) -> str:
    return root.key


def _either(root: strawberry.Parent[Row | Other]) -> str:
    return str(root)


def _neither(root: strawberry.Parent[Other | Body]) -> str:
    return str(root)


async def _row() -> Row | None:
    return None


def promising(**fields: tuple[Any, Any]) -> Agreement:
    """The agreement of a type with these fields (annotation, resolver), resolved from Row."""
    body = {name: field(name, resolver) for name, (_, resolver) in fields.items()}
    hints = {name: kind for name, (kind, _) in fields.items()}
    thing = strawberry.type(type("Thing", (), {**body, "__annotations__": hints}))
    query = strawberry.type(
        type("Query", (), {"row": field("row", _row), "__annotations__": {"row": thing | None}})
    )
    config = strawberry.schema.config.StrawberryConfig(scalar_map=SCALARS)
    return Agreement(strawberry.Schema(query, config=config)._schema).follow()


@pytest.mark.parametrize(
    ("name", "kind", "resolver"),
    [
        ("number", int, None),
        ("name", str | None, None),
        ("names", list[str], None),
        ("length", int, None),
        ("title", str, None),
        ("rate", Decimal, None),
        ("own", int, _number),
        ("key", str, lambda root: root.other.key),
        ("sorted", list[str], lambda root: sorted(root.names)),
        ("perhaps", str | None, _perhaps),
        ("own", str, _either),
    ],
)
def test_what_fits(name: str, kind: Any, resolver: Any) -> None:
    found = promising(**{name: (kind, resolver)})
    assert (found.wrong, found.unknown) == ([], set())
    assert found.resolved["Thing"] == {Row}


@pytest.mark.parametrize(
    ("name", "kind", "resolver", "told"),
    [
        ("missing", str, None, "Row has no missing"),
        ("number", str, None, "String, not int"),
        ("name", str, None, "promised, but may be None"),
        ("sure", int, None, "Int, not bool"),
        ("moment", date, None, "Date, not datetime"),
        ("day", datetime, None, "DateTime, not date"),
        ("rate", float, None, "Float, not Decimal"),
        ("names", list[int], None, "Int, not str"),
        ("number", list[int], None, "a list, not int"),
        ("other", str, None, "String, not Other"),
        ("own", str, _number, "String, not int"),
        ("own", int, _string, "Int, not str"),
        ("own", str, _perhaps, "promised, but may be None"),
        ("own", str, _others, "its resolver takes Other, not Row"),
        ("own", str, _neither, "its resolver takes Other | Body, not Row"),
        ("own", int, lambda root: root.other.key, "Int, not str"),
        ("own", str, lambda root: root.nothing, "Row has no nothing"),
        ("own", list[int], lambda root: sorted(root.names), "Int, not str"),
    ],
)
def test_what_does_not_fit_is_told(name: str, kind: Any, resolver: Any, told: str) -> None:
    found = promising(**{name: (kind, resolver)})
    assert [line.partition(": ")[2] for line in found.wrong] == [told]


@derived(LedgerEntry.seq)
def _of_another_table(root: Appeal, info: Any) -> int:
    return 0


@derived(Appeal.number, rows=BODIES_BY_KEY, by=Appeal.body_id)
def _by_a_number(root: Appeal, info: Any, found: Body | None) -> str:
    return ""


def _key(root: Body) -> str | None:
    return root.key


@strawberry.type
class Organ:
    key: str = field("key")


@pytest.mark.parametrize(
    ("kind", "resolver", "told"),
    [
        (Organ | None, related(BODIES, Appeal.body_id), []),
        (Organ | None, related(BODIES, Answer.body_id), ["keyed by Answer, stands on Appeal"]),
        (Organ, related(BODIES, Appeal.body_id), ["promised, but may be None"]),
        (Organ | None, related(BODIES, Appeal.number), ["keys are int, not Text"]),
        (Organ | None, related(BODIES_BY_KEY, Appeal.body_id), ["keys are str, not int"]),
        (Organ | None, related(BODIES_BY_KEY, _key), ["its resolver takes Body, not Appeal"]),
        (list[Organ], related(BODIES, Appeal.body_id), ["promised, but may be None",
                                                        "a list, not Body"]),
        (int, _of_another_table, ["reads LedgerEntry, stands on Appeal"]),
        (str, _by_a_number, ["keys are str, not int"]),
    ],
)  # fmt: skip
def test_rows_are_looked_for_by_their_keys(kind: Any, resolver: Any, told: list[str]) -> None:
    thing = strawberry.type(
        type("Thing", (), {"own": field("own", resolver), "__annotations__": {"own": kind}})
    )
    rows = Rows(Appeal.id)

    async def row() -> Appeal | None:
        return None

    query = strawberry.type(
        type("Query", (), {"row": field("row", row), "__annotations__": {"row": thing | None}})
    )
    found = Agreement(strawberry.Schema(query)._schema, [rows]).follow()
    assert [line.partition(": ")[2] for line in found.wrong] == told


@strawberry.type
class Narrow:
    """Said to be of bodies, and given appeals."""

    number: str = field("number")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        return isinstance(value, Body)


async def _appeal() -> Appeal | None:
    return None


def test_rows_of_another_type_are_told() -> None:
    hints = {"row": Narrow | None}
    query = strawberry.type(
        type("Query", (), {"row": field("row", _appeal), "__annotations__": hints})
    )
    found = Agreement(strawberry.Schema(query)._schema).follow()
    assert found.wrong == ["Narrow: is no type of Appeal"]
