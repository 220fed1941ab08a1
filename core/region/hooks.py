"""The eight hooks that a layer of law (federal, municipal, region) may answer, called once.

Each returns a tuple and is optional; a layer's chapters answer them in the order of its act.
"""

from __future__ import annotations

from pathlib import Path

import pluggy

from core.kernel.extensions import AnyJob, Listener
from core.law.act import Act
from core.law.rule import Rule

hookspec = pluggy.HookspecMarker("tsur")
hookimpl = pluggy.HookimplMarker("tsur")


@hookspec
def acts() -> tuple[Act, ...]:  # type: ignore[empty-body]
    """The acts whose clauses the layer cites; the first one is the layer's own."""


@hookspec
def rules() -> tuple[Rule, ...]:  # type: ignore[empty-body]
    """Rules of whatever kinds, in the order of the clauses that order them.

    A lawyer lays the chapter beside the act and reads both downwards; what no clause says is not
    here. The order decides nothing: where one must come before another, a field says so.
    """


@hookspec
def listeners() -> tuple[Listener, ...]:  # type: ignore[empty-body]
    """What runs in the transaction of an event; a listener that refuses undoes the use case."""


@hookspec
def jobs() -> tuple[AnyJob, ...]:  # type: ignore[empty-body]
    """Work done later or periodically, outside the transaction that asked for it."""


@hookspec
def graphql_parts() -> tuple[str, ...]:  # type: ignore[empty-body]
    """Modules with a `SCHEMA` that the layer adds to the API, read when the API is built.

    They are named, not imported: who asks for the law alone reads no web.
    """


@hookspec
def directories() -> tuple[Path, ...]:  # type: ignore[empty-body]
    """Files of bodies that no act names, as `tsur directory load` reads them; the demo does."""


@hookspec
def boards() -> tuple[Path, ...]:  # type: ignore[empty-body]
    """Folders of what the layer adds to the board: `board.toml`, templates, saved operations.

    They are named, not read: who asks for the law alone reads no page.
    """


@hookspec
def migrations() -> tuple[Path, ...]:  # type: ignore[empty-body]
    """Folders of Alembic versions, one a layer that owns tables; the branch label is its name."""
