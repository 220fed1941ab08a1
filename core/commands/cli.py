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

from core.commands.russian import in_russian, told
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
    "series": "series",
    "consolidate": "consolidate",
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

COLLECT = (50_000, 5, 200)
"""Thresholds of garbage collection: there are many objects, few of them in a cycle.

The middle one is low: what large documents leave behind is else looked at in one long turn.
"""


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
        return in_russian(get_group(module.verbs).get_command(ctx, cmd_name), ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Before anything is said of the whole command."""
        in_russian(self, ctx)
        return super().parse_args(ctx, args)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run it; an error of usage is said in one line, and ends with 2."""
        try:
            ended = super().main(*args, **{**extra, "standalone_mode": False})
        except typer.TyperException as error:
            if said := error.format_message():
                where = getattr(error, "ctx", None)
                page = f". Справка: {where.command_path} --help" if where else ""
                typer.echo(f"{told(said)}{page}", err=True)
            raise SystemExit(error.exit_code) from error
        except typer.Abort as abort:
            typer.echo("Прервано", err=True)
            raise SystemExit(1) from abort
        raise SystemExit(ended or 0)


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
        _refuse(" ".join(f"{refusal.text} ({refusal.code}){norm}".split()))
    except LawError as error:
        _refuse(f"Свод правил не составляется: {error}")
    except Exception as error:
        faults = importlib.import_module("core.db.faults")
        if faults.of_database(error) and (said := faults.told(error)) is not None:
            _refuse(f"База данных: {said}")
        if isinstance(error, OSError) and error.filename is not None:
            unreadable = importlib.import_module("core.kernel.unreadable")
            _refuse(f"{error.filename}: {unreadable.why(error)}")
        if (said := faults.outage(error)) is None:
            raise
        _refuse(f"Прервано: {said}. Повторите команду, когда это исправят")


def _refuse(text: str) -> None:
    typer.echo(text, err=True)
    sys.exit(1)
