"""Pages out of templates: everything is escaped, nothing is fetched from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from starlette.responses import HTMLResponse

from core.kernel.codes import Permission
from schema.board.accent import SHEET
from schema.board.added import TEMPLATES, added, called, pages_of
from schema.board.forms.steps import title_of
from schema.board.saved import PageContext, title
from schema.board.sitemap import rooms
from schema.board.words import values as words
from schema.board.words.keys import keys_of
from schema.graphql.ids import decode_id
from schema.web import templates, visitors

HEADERS = {
    **visitors.HEADERS,
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
}


@cache
def environment(*own: Path) -> Environment:
    """The templates, the board's and those of a region, with the one way to write each thing."""
    made = templates.environment(TEMPLATES, *own)
    filters = (
        words.bound,
        words.capitalize,
        words.day,
        words.days,
        words.lasting,
        words.month,
        words.number,
        words.plainly,
        words.quarter,
        words.span,
        words.stretch,
        words.whole_day,
        words.within_a_sentence,
    )
    made.filters.update({one.__name__: one for one in filters})
    made.globals["without"] = lambda asked, name: {k: v for k, v in asked.items() if k != name}
    return made


def page(template: str, status: int, values: Mapping[str, Any], *own: Path) -> HTMLResponse:
    """A page out of its template, the board's or one of the folders of a region."""
    text = environment(*own).get_template(template).render(values)
    return HTMLResponse(text, status, headers=HEADERS)


def board_page(
    context: PageContext,
    template: str,
    me: Mapping[str, Any],
    values: Mapping[str, Any],
    status: int = 200,
) -> HTMLResponse:
    """A page of the region for whoever is signed in: `me` says who, as the operation Me does."""
    zone, types, boards = context.zone, context.endpoint.types, context.region.boards
    common = {
        "root": f"/{context.region.code}/",
        "centre": context.region.passport.centre,
        "today": context.today,
        "now": context.now,
        "clock": words.clock(context.now, zone),
        "me": me,
        "rooms": rooms(pages_of(boards), context.actor),
        "finds": context.actor.may(Permission.READ_APPEALS),
        "reads": context.actor.may(Permission.READ_CONTENT),
        "asked_operations": context.asked,
        "operation": lambda name: title(context.text(name)),
        "at": lambda moment: words.at(moment, zone),
        "until": lambda moment: words.until(moment, zone),
        "on_day": lambda moment: words.day(words.local(moment, zone)),
        "code": words.Codes(types),
        "step_title": lambda mutation: title_of(context.endpoint.graphql, mutation),
        "law_name": lambda field, key: keys_of(context.region.rules).get(f"{field}:{key}", key),
        "size": words.size,
        "json": lambda held: json.dumps(held, ensure_ascii=False, indent=2),
        "moment": words.moment,
        "number_of": decode_id,
        "left": int(context.left),
        "asked": {},
        "case": None,
        "step_done": context.done,
        "unfinished": (),
        "room": "",
        "title": "",
        "show": False,
        "live": None,
        "cards": (),
        "accent": SHEET if added(boards).accent else "",
    }
    shown = {**common, **values}
    shown["room"] = called(boards, shown["room"])
    return page(template, status, shown, *boards)


def message(status: int, title: str, text: str, region: str = "") -> HTMLResponse:
    """A page of one sentence, that leads back to the first one."""
    root = f"/{region}/" if region else "/"
    return page("message.html", status, {"root": root, "title": title, "text": text})
