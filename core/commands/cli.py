"""The `tsur` command: its verbs by topic live in `core/commands/`."""

from __future__ import annotations

import gc
import importlib
import sys
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from core.kernel.errors import Refusal
from core.kernel.logs import write_logs
from core.law.fault import LawError

TOPICS = {
    "migrate": "database",
    "doctor": "doctor",
    "serve": "serve",
    "worker": "jobs",
    "jobs": "jobs",
    "import": "exchange",
    "export": "exchange",
    "mail": "mail",
    "demo": "demo",
    "directory": "directory",
    "classifier": "classifier",
    "documents": "documents",
    "obligations": "obligations",
    "evidence": "evidence",
    "anchors": "evidence",
    "admin": "admin",
    "law": "law",
    "hooks": "law",
    "check": "check",
    "token": "serve",
    "explain": "explain",
    "figures": "figures",
    "rating": "rating",
    "heat": "heat",
    "pages": "pages",
    "verify": "verify",
    "key": "verify",
    "journal": "journal",
    "witness": "journal",
    "erase": "erase",
    "keys": "keys",
    "backup": "backup",
    "restore": "restore",
    "move": "move",
}
"""Every verb, and the module of `core/commands/` that has it among its `verbs`."""

COLLECT = (50_000, 20, 50)
"""Thresholds of garbage collection: there are many objects, few of them in a cycle."""


class Verbs(TyperGroup):
    """Reads the module of a verb when that verb is asked for: all together take a while."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The verbs in the order in which they are explained."""
        return [*TOPICS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The verb; None if there is none of this name."""
        topic = TOPICS.get(cmd_name)
        if topic is None:
            return None
        module = importlib.import_module(f"core.commands.{topic}")
        return get_group(module.verbs).get_command(ctx, cmd_name)


app = typer.Typer(
    cls=Verbs, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"tsur {version('tsur')}")
        raise typer.Exit


@app.callback(help="Центр управления регионом: обращения, сроки, маршруты и право регионов.")
def tsur(
    asked: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Напечатать версию"),
    ] = False,
) -> None:
    """Before whatever verb, its module being read: warnings go to stderr."""
    gc.enable()
    write_logs(structured=False)


def main() -> None:
    """Run the command; an expected refusal is said in one line on stderr, with its clause."""
    if "" not in sys.path:
        sys.path.insert(0, "")  # a region of one's own is found in the working folder
    gc.set_threshold(*COLLECT)
    gc.disable()  # modules stay: looking among them for garbage is a tenth of what reading costs
    try:
        app()
    except Refusal as refusal:
        norm = f" [{refusal.clause.title}; {refusal.clause.ref}]" if refusal.clause else ""
        _refuse(f"{refusal.text} ({refusal.code}){norm}")
    except LawError as error:
        _refuse(f"Свод правил не составляется: {error}")
    except Exception as error:
        faults = importlib.import_module("core.db.faults")
        if faults.of_database(error) and (said := faults.told(error)) is not None:
            _refuse(f"База данных: {said}")
        if (said := faults.outage(error)) is None:
            raise
        _refuse(f"Прервано: {said}. Повторите команду, когда это исправят")


def _refuse(text: str) -> None:
    typer.echo(text, err=True)
    sys.exit(1)
