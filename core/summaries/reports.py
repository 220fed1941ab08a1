"""A report prepared out of a summary: a draft of its kind, to be edited and sent on its chain."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.documents.drafting import NewDocument, draft
from core.documents.kinds import procedure_of
from core.documents.model import Document, DocumentVersion
from core.documents.rules import DocumentKind
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period
from core.obligations.entries import entered
from core.obligations.fulfilment import assign_document, is_open
from core.obligations.law import load_obligations
from core.summaries.marks import STARRED, changed, said, starred
from core.summaries.model import Stretch, Summary, SummaryCase
from core.summaries.names import days_of
from core.summaries.rules import BODIES, FIGURES, Part
from core.summaries.taking import MARKS, form_of, matching, take_summary

ROADMAPS = ("roadmap-update", "roadmap")
MOST_ROWS, LONGEST_CELL, LONGEST_TITLE = 500, 1_000, 300
NOT_TAKEN = "—"
"""Of a change that the kind does not ask for."""


@serves(RU_1844.cite("2.region-centre.4"), RU_1844.cite("4.м"), RU_1844.cite("12.г.1"))
async def prepare_report(
    work: Work,
    kind: str,
    span: Period,
    block: str | None = None,
    parts: frozenset[Part] | None = None,
) -> tuple[Summary, Document]:
    """Take the figures of a closed period and begin the document that tells them.

    It is the drafter's from here on: edited, submitted and decided as any other. Where its period
    is owed still, the document is of that period; what is done already may be told anew. Refuses as
    `take_summary` and `draft` do.
    """
    rule = (await procedure_of(work, kind, work.today)).kind
    summary = await take_summary(work, kind, span, block, parts)
    fields = await _content(work, summary, rule)
    title = f"{rule.name} за {days_of(span)}"[:LONGEST_TITLE]
    document = await draft(work, NewDocument(kind, title, fields, block))
    summary.document_id = document.id
    for owed in (await load_obligations(work)).on(work.today):
        if owed.document == kind and span in set(owed.spans(span.start.year)):
            place = (owed.key, block or "", span.start)
            if is_open(await entered(work, place)):
                await assign_document(work, place, document.id)
    await work.session.flush()
    return summary, document


async def find_summary(work: Work, summary_id: int) -> Summary:
    """The summary; NOT_FOUND when there is none, or the actor does not read the documents."""
    found = await work.session.get(Summary, summary_id)
    if found is None or not work.actor.may(Permission.READ_DOCUMENTS):
        raise Refusal(RefusalCode.NOT_FOUND, "Таких показателей нет")
    return found


def cases_of(
    work: Work, summary: Summary, figure: int, stretch: Stretch = Stretch.PERIOD
) -> Select[SummaryCase]:
    """The cases that a figure, by its place, has counted, as they then were.

    Of those that the actor may see today; NOT_FOUND for a figure that there is not.
    """
    if not 0 <= figure < len(summary.figures):
        raise Refusal(RefusalCode.NOT_FOUND, "Такого показателя нет")
    return (
        select(SummaryCase)
        .join(Appeal, Appeal.id == SummaryCase.appeal_id)
        .where(
            SummaryCase.summary_id == summary.id,
            SummaryCase.stretch == stretch,
            *matching(summary.figures[figure]["said"]),
            visible(work.actor),
        )
    )


async def _content(work: Work, summary: Summary, rule: DocumentKind) -> dict[str, Any]:
    """The fields of the kind that figures fill; the rest is the drafter's."""
    form, known = form_of(work, rule.key), {field.key for field in rule.fields}
    days, total = days_of(Period(summary.start, summary.end)), summary.figures[0]
    contents = f"За {days} поступило обращений: {said(total, Stretch.PERIOD)}."
    if starred(summary.figures):
        contents = f"{contents} {STARRED}"
    found: dict[str, Any] = {
        "purpose": (rule.sent_to and f"Представляется: {rule.sent_to}") or rule.name,
        "contents": contents,
    }
    if FIGURES.key in known:
        found[FIGURES.key] = _table(summary, change=Part.CHANGE in form.parts)
    if BODIES.key in known and Part.BODIES in form.parts:
        found[BODIES.key] = _bodies(summary)
    if Part.ROADMAP in form.parts:
        found["measures"] = await _measures(work)
    return {key: value for key, value in found.items() if key in known and value}


def _table(summary: Summary, *, change: bool) -> list[list[str]]:
    rows = [one for one in summary.figures if one["part"] != Part.BODIES]
    return [
        [
            _cell(_heading(one)),
            said(one, Stretch.PERIOD),
            changed(one, Stretch.BEFORE) if change else NOT_TAKEN,
            changed(one, Stretch.WEEK) if change else NOT_TAKEN,
        ]
        for one in rows[:MOST_ROWS]
    ]


def _bodies(summary: Summary) -> list[list[str]]:
    """A row a body: the figure of its cases, then those of its marks, as they were taken."""
    own = [one for one in summary.figures if one["part"] == Part.BODIES]
    rows = [own[place : place + len(MARKS)] for place in range(0, len(own), len(MARKS))]
    return [[_cell(row[0]["name"]), *(said(one, Stretch.PERIOD) for one in row)] for row in rows][
        :MOST_ROWS
    ]


async def _measures(work: Work) -> list[list[str]]:
    """The measures of the road map in force, the latest of its updates first."""
    query = (
        select(DocumentVersion.fields)
        .join(Document, Document.in_force_id == DocumentVersion.id)
        .where(Document.kind.in_(ROADMAPS))
        .order_by(DocumentVersion.frozen_at.desc(), DocumentVersion.id.desc())
    )
    fields = (await work.session.scalars(query)).first()
    return list((fields or {}).get("measures") or [])


def _heading(figure: dict[str, Any]) -> str:
    part = f"{Part(figure['part']).label.capitalize()}: " if figure["part"] else ""
    return f"{part}{figure['name']}"


def _cell(text: str) -> str:
    return text[:LONGEST_CELL]
