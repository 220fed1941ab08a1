"""The explorer of the API for browsers, GraphiQL, from our own files alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

import orjson
from graphql import NonNullTypeNode, OperationDefinitionNode, parse
from starlette.responses import HTMLResponse

from core.kernel.region import Region

OPERATIONS = Path(__file__).parents[1] / "operations"
STATIC = Path(__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FRAME = """<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{style}">
</head>
<body>
{body}
</body>
</html>
"""
GRAPHIQL = """<div id="graphiql"></div>
<script type="application/json" id="operations">{data}</script>
<script src="../static/graphiql/opened.js"></script>
<script src="../static/graphiql/graphiql.js"></script>"""
BOARD, VARIABLES = "board", "variables"
"""How an address asks for a saved operation of the board, with what it is to be filled."""


def graphiql_page(region: Region, asked: Mapping[str, str]) -> HTMLResponse:
    """GraphiQL with the operations of `schema/operations` as its tabs, before them the one of the
    board that the address names."""
    data: dict[str, object] = {"title": region.passport.centre, "operations": operations()}
    if (text := _of_the_board(region.boards).get(asked.get(BOARD, ""))) is not None:
        opened = {"query": text, "variables": asked.get(VARIABLES, "")}
        data |= {"operations": [opened, *operations()], "opened": opened}
    # `<` would end the block early; JSON has another way to write it.
    text = orjson.dumps(data).decode().replace("<", "\\u003c")
    body = GRAPHIQL.format(data=text)
    return _page(region.passport.centre, "../static/graphiql/graphiql.css", body)


@cache
def operations() -> list[dict[str, str]]:
    """The useful operations, in the order of their file names: what GraphiQL opens with."""
    texts = (path.read_text("utf-8") for path in sorted(OPERATIONS.glob("*.graphql")))
    return [{"query": text, "variables": _variables(text)} for text in texts]


@cache
def _of_the_board(own: tuple[Path, ...]) -> Mapping[str, str]:
    """The operations of the board and of a region's own folders, by their names."""
    files = (path for folder in (*own, OPERATIONS / BOARD) for path in folder.glob("*.graphql"))
    return {path.stem: path.read_text("utf-8") for path in files}


def _variables(source: str) -> str:
    """JSON with a blank for every variable that must be given."""
    operation = parse(source).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    names = {
        node.variable.name.value: ""
        for node in operation.variable_definitions or ()
        if isinstance(node.type, NonNullTypeNode) and node.default_value is None
    }
    return orjson.dumps(names, option=orjson.OPT_INDENT_2).decode() if names else ""


def _page(title: str, style: str, body: str) -> HTMLResponse:
    return HTMLResponse(FRAME.format(title=escape(title), style=style, body=body), headers=HEADERS)
