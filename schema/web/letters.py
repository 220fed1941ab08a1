"""Answers to applicants over HTTP: each as the letter that it is, to print or to work on."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from core.documents.answers import LetterPaper, letter_paper
from core.kernel.codes import Permission
from schema.graphql.ids import decode_id
from schema.web.endpoint import Endpoint
from schema.web.papers import file_answer
from schema.web.routes import actor_of, answered, one_of


@answered
async def letter(endpoint: Endpoint, request: Request) -> Response:
    """`GET /<region>/answers/<id>/<pdf or docx>`. The reading is journalled."""
    number = decode_id(request.path_params["id"], "Answer")
    paper = one_of(LetterPaper, request.path_params["paper"])
    actor = await actor_of(endpoint, request, Permission.READ_CONTENT)
    async with endpoint.region.work(actor) as work:
        given = await letter_paper(work, number, paper)
    return file_answer(given)
