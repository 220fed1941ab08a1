"""What a revision says in SQL itself: a file for each dialect, an empty line between statements."""

from __future__ import annotations

from pathlib import Path

from alembic import op

SQL = Path(__file__).with_name("sql")


def execute(name: str) -> None:
    """Run the statements of this name for the dialect that is being migrated."""
    for statement in statements(name, op.get_context().dialect.name):
        op.execute(statement)


def statements(name: str, dialect: str) -> tuple[str, ...]:
    """The statements, each in one line, as databases keep the text of a trigger; no comments."""
    said = (SQL / f"{name}.{dialect}.sql").read_text(encoding="utf-8")
    return tuple(_plain(one) for one in said.split("\n\n"))


def sqlite() -> bool:
    """Whether SQLite is being migrated."""
    return op.get_context().dialect.name == "sqlite"


def drop_trigger(name: str, table: str, *, function: bool = False) -> None:
    """Drop a trigger; on PostgreSQL with the function that it alone calls, if so asked."""
    op.execute(f"DROP TRIGGER {name}{'' if sqlite() else f' ON {table}'}")
    if function and not sqlite():
        op.execute(f"DROP FUNCTION {name}()")


def _plain(statement: str) -> str:
    lines = (line for line in statement.splitlines() if not line.startswith("--"))
    return " ".join(" ".join(lines).split())
