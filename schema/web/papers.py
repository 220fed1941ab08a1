"""Versions of documents over HTTP: the original, copies with marks or for an archive, for work."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from core.documents.papers import Given, Paper, paper_of
from schema.graphql.ids import decode_id
from schema.web.endpoint import Endpoint
from schema.web.routes import HEADERS, actor_of, answered, one_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@answered
async def paper(endpoint: Endpoint, request: Request) -> Response:
    """`GET /<region>/documents/<id>/<version>/<original, copy, archive or docx>`."""
    number = decode_id(request.path_params["id"], "Document")
    version, what = request.path_params["version"], one_of(Paper, request.path_params["paper"])
    actor = await actor_of(endpoint, request)
    async with endpoint.region.reading(actor) as work:
        given = await paper_of(work, number, version, what)
    return file_answer(given)


def file_answer(given: Given) -> Response:
    """The file under its name, a PDF or a DOCX."""
    said = {**HEADERS, "Content-Disposition": f'attachment; filename="{given.name}"'}
    kind = DOCX if given.name.endswith(".docx") else "application/pdf"
    return Response(given.content, 200, said, kind)
