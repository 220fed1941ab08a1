"""One step of a case as a page: what is typed is kept, and what changed meanwhile stands beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from schema.board.forms import steps
from schema.board.forms.changes import changed_since
from schema.board.forms.choosing import of_step, with_choices
from schema.board.forms.drafts import NOTHING, begun, forget, keep, seen
from schema.board.forms.grounds import LEAVING, with_grounds
from schema.board.forms.posted import number_in, typed_of
from schema.board.forms.steps import Sent
from schema.board.lists.way import carried
from schema.board.pages import case
from schema.board.rendering import HEADERS, board_page, message
from schema.board.saved import PageContext
from schema.board.words.values import api

STEP, WRITING = "/step/", "letters/new/"


async def step_page(
    context: PageContext, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response:
    """The form of a step, or what came of it.

    `names` are the names of the session that its forms may know, the one it has now last.
    """
    number, _, mutation = path.removeprefix("appeals/").partition(STEP)
    if mutation == case.ANSWER:
        to = f"/{context.region.code}/{WRITING}{quote(number)}{carried(dict(request.query_params))}"
        return RedirectResponse(to, 303, headers=HEADERS)
    form = steps.form_of(context.endpoint.graphql, mutation)
    head = (await context.ask("Case", id=await case.find(context, number)))["appeal"]
    step = next((one for one in head["steps"] if one["mutation"] == mutation), None)
    if form is None or step is None:
        return message(404, "Такого шага здесь нет", "Его делает API.", context.region.code)
    asked = dict(request.query_params)
    kept = await begun(context, path)
    sent, since = Sent(typed=kept.typed), kept.seen_at
    if request.method == "POST":
        typed = await typed_of(context, request, names)
        sent, since = await _sent(context, form, head, path, typed), seen(typed)
        if sent.text is None:
            await forget(context, path, kept)
            done = {} if typed.get("drop") else {"done": mutation}
            address = f"/{context.region.code}/appeals/{quote(number)}{carried(asked, **done)}"
            return RedirectResponse(address, 303, headers=HEADERS)
    known = await of_step(context, head["id"], mutation)
    controls = form.controls
    if mutation == LEAVING:
        lists = {name: row[0] for name, row in form.rows.items()}
        controls = with_grounds(context, controls, lists, known)
    controls = await with_choices(context, controls, case=head["id"], known=known)
    changed = await changed_since(context, head["id"], since) if since else []
    values = {
        "title": form.title,
        "room": "Обращения",
        "form": form,
        "controls": controls,
        "step": step,
        "sent": sent,
        "case": head,
        "changed": changed,
        "kept": kept if request.method != "POST" else NOTHING,
        "seen": api(context.now),
        "token": context.token,
        "place": path,
        "carried": carried(asked),
    }
    return board_page(context, "step.html", me, values, 422 if sent.text else 200)


async def _sent(
    context: PageContext,
    form: steps.Form,
    head: Mapping[str, Any],
    path: str,
    typed: Mapping[str, str],
) -> Sent:
    """What the API says of it; what it refuses is kept first, so that nothing can lose it."""
    if typed.get("drop"):
        return Sent()
    await keep(context.region, context.actor.subject, path, typed)
    version = number_in(typed, "version")
    return await steps.send(context, form, head["id"], version, typed)
