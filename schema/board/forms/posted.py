"""Forms of the board as they come in: ours alone, whoever's session it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request

from schema.board.forms.pressed import once
from schema.board.saved import PageContext
from schema.board.words.values import plain
from schema.web.forms import OF_OFFICIALS, fits, is_foreign, read_form

FORM = "form"


def number_in(typed: Mapping[str, str], name: str) -> int:
    """The number in a field that the page itself has filled; 0 for what is none."""
    return plain(typed.get(name, "")) or 0


class NotOurs(Exception):
    """A form that no page of this session has shown."""


async def typed_of(
    context: PageContext, request: Request, names: Sequence[str]
) -> Mapping[str, str]:
    """What was typed; NotOurs for a form from elsewhere or of another session, Pressed where this
    very form was sent before.

    `names` are the names of the session that its forms may know, the one it has now last.
    """
    typed = await read_form(request, OF_OFFICIALS)
    require_ours(context, request, names, typed.get(FORM, ""))
    await once(context, str(request.url), typed)
    return typed


def require_ours(context: PageContext, request: Request, names: Sequence[str], token: str) -> None:
    """NotOurs unless one of these sessions has shown the form that carries this token."""
    if is_foreign(request, context.region.settings.public_url) or not any(
        fits(name, 0, token) for name in names
    ):
        raise NotOurs
