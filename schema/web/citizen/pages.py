"""Pages out of templates: everything in them is escaped, nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from starlette.responses import HTMLResponse

from core.appeals.citizen.papers import Paper
from core.appeals.citizen.sheet import Sheet
from core.appeals.notices.letters.reference import written
from core.kernel.texts import LONGEST_REASON
from schema.web import templates, visitors
from schema.web.forms import form_token

HEADERS = {
    **visitors.HEADERS,
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'none'; object-src 'none'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}
MARKS = (
    (5, "отлично"), (4, "хорошо"), (3, "удовлетворительно"), (2, "плохо"), (1, "очень плохо"),
)  # fmt: skip
SAID = {
    "mark": "Спасибо, оценка сохранена.",
    "objection": "Оценка сохранена, возражение принято: его рассмотрит тот, кто не готовил ответ.",
    "code": "Код отправлен. Он придёт туда же, куда приходят письма по обращению.",
    "withdrawn": "Рассмотрение прекращено по Вашему заявлению. Подтверждение придёт письмом.",
}
"""What was done, by the word that stands in the address after it."""

ENVIRONMENT = templates.environment(Path(__file__).with_name("templates"))
ENVIRONMENT.filters["day"] = written


@dataclass(frozen=True, slots=True)
class View:
    """A page about to be shown: what was typed and what is wrong with it, by fields.

    `done` is a word of SAID, `papers` what a code has opened, `ticket` asks for files of theirs.
    """

    token: str
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    done: str | None = None
    papers: Sequence[Paper] | None = None
    ticket: str = ""
    status: int = 200


def sheet_page(centre: str, sheet: Sheet, view: View, today: date) -> HTMLResponse:
    """The page of an appeal; `centre` is the region's, whose page it is, `today` its local day."""
    closing = sheet.rating.closing if sheet.rating else 0
    return _page(
        "sheet.html",
        view.status,
        centre=centre,
        sheet=sheet,
        view=view,
        form=form_token(view.token, closing),
        said=SAID.get(view.done or ""),
        marks=MARKS,
        longest=LONGEST_REASON,
        today=today,
    )


def missing_page(centre: str | None) -> HTMLResponse:
    """The same for every link that opens nothing, whatever is wrong with it."""
    return _page("missing.html", 404, centre=centre)


def message_page(
    status: int, title: str, text: str, headers: Mapping[str, str] = MappingProxyType({})
) -> HTMLResponse:
    """A sentence instead of a page."""
    page = _page("message.html", status, centre=None, title=title, text=text)
    page.headers.update(headers)
    return page


def former_page(centre: str, error: str | None) -> HTMLResponse:
    """Where a link of former letters leads: what stands after `#` never reaches a server."""
    return _page("former.html", 422 if error else 200, centre=centre, error=error)


def _page(template: str, status: int, **values: object) -> HTMLResponse:
    text = ENVIRONMENT.get_template(template).render(values)
    return HTMLResponse(text, status, headers=HEADERS)
