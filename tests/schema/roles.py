"""What every root field answers to every role; `python -m tests.schema.roles` writes it anew.

Asked over HTTP with what must be given and nothing that there is; the outcome is the code of the
refusal, or `ok`. A row is `field,kind,` and a column for each role; a new field needs a new row.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from graphql import GraphQLField, GraphQLSchema

from tests.schema.inputs import document, plain

TABLE = Path(__file__).with_name("roles.csv")
WRITES = "TSUR_TEST_WRITE_ROLES"
NOBODY = "nobody"
"""Who comes without a token."""

Ask = Callable[[str, dict[str, Any], str | None], Awaitable[Any]]
Table = dict[tuple[str, str], dict[str, str]]


def root_fields(schema: GraphQLSchema) -> Iterator[tuple[str, str, GraphQLField]]:
    """Whether it asks or changes, its name, and the field."""
    for root, kind in (("query", schema.query_type), ("mutation", schema.mutation_type)):
        assert kind is not None
        for name, field in kind.fields.items():
            yield root, name, field


async def outcomes(schema: GraphQLSchema, roles: list[str], ask: Ask) -> Table:
    """The table as the API is now."""
    found: Table = {}
    for root, name, field in root_fields(schema):
        given = {n: plain(a.type) for n, a in field.args.items() if "!" in str(a.type)[-1:]}
        text = document(root, name, field, given)
        row = {}
        for role in roles:
            row[role] = outcome(await ask(text, given, None if role == NOBODY else role))
        found[name, root] = row
    return found


def outcome(answer: Any) -> str:
    """The code of the refusal, wherever it stands; else `ok`."""
    for error in answer.get("errors", ()):
        return str(error["extensions"]["code"])
    found = answer["data"]["found"]
    if isinstance(found, dict) and found.get("__typename") == "Refusal":
        return str(found["code"])
    return "ok"


def read() -> Table:
    """The table as it is checked in."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row.pop("field"), row.pop("kind")): row for row in csv.DictReader(file)}


def write(table: Table) -> None:
    """Check the table in."""
    roles = [*next(iter(table.values()))]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["field", "kind", *roles])
        for (name, root), row in table.items():
            writer.writerow([name, root, *(row[role] for role in roles)])


if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-q", "tests/schema/test_roles.py"]
    sys.exit(subprocess.run(command, check=False, env={**os.environ, WRITES: "1"}).returncode)
