"""Which parameters the address of a page may have; any other is a slip, and is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from schema.board.actions.export import FILES
from schema.board.lists.address import FOUND, OF_A_LIST, check_names
from schema.board.lists.moved import CARRIED
from schema.board.lists.way import WAY
from schema.board.pages import figures, heat, incoming, indicators, journal, ratings, requests
from schema.board.sitemap import page_of

OF_ANY = CARRIED | {FOUND, "show", "done"}
OF_ONE: Mapping[str, Collection[str]] = {
    "my": OF_A_LIST,
    "appeals": OF_A_LIST,
    "appeals/{number}": WAY,
    "letters/{id}": WAY,
    "batches/{id}": ("state", "after"),
    incoming.PLACE: ("state", "after"),
    "documents": ("kind", "state", "after"),
    "documents/{id}": ("before", "after"),
    "obligations": ("year",),
    "requests": requests.CURSORS,
    "ratings": ratings.OF_ALL,
    "ratings/{rating}": ratings.OF_ONE,
    "figures": figures.OF_A_TABLE,
    "map": heat.OF_A_MAP,
    "problems": ("state", "period"),
    "problems/{id}": ("after",),
    indicators.PLACE: ("state", "after"),
    "journal": (*journal.FILTERS, "after"),
}
"""By the path of the page, as it stands in the map of the site."""


def check_parameters(asked: Collection[str], path: str, own: Collection[str] | None = None) -> None:
    """Failed INVALID for one that the page of the path, or the page of its file, does not know.

    `own` are those of a page that the region adds, and its alone.

    What is no page is a form of a case: its address carries the way to the case.
    """
    found = page_of(path.partition("/")[0] if path in FILES else path)
    known = OF_ONE.get(found[0].path, ()) if found else WAY
    check_names(asked, OF_ANY.union(known if own is None else own))
