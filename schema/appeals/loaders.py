"""Rows of appeals that fields ask for; of appeals themselves, those that the actor may see."""

from __future__ import annotations

from core.appeals.conclusion.model import Conclusion
from core.appeals.content import open_cases
from core.appeals.delivery.model import Dispatch
from core.appeals.duplicates.model import Cluster, LikeCase, LikeGroup
from core.appeals.duplicates.service import UNDECIDED
from core.appeals.measures.model import Measure
from core.appeals.model import Answer, Appeal, LedgerEntry
from core.appeals.notes.model import Note
from core.appeals.notices.links.model import Link, LinkCode
from core.appeals.notices.model import Notice
from core.appeals.queries import visible
from core.appeals.satisfaction.model import Dispute, Survey
from core.directory.model import Admission
from schema.graphql.loaders import Rows

MOST_LIKE = 200
"""Cases of a group that are shown, the first of it: as many as are joined at once."""

APPEALS = Rows(Appeal.id, visible=visible)
MEMBERS = Rows(Appeal.cluster_id, Appeal.id, visible=visible)
CLUSTERS = Rows(Cluster.id)
ENTRIES = Rows(LedgerEntry.appeal_id, LedgerEntry.seq)
ANSWERS = Rows(Answer.appeal_id, Answer.id)
DISPATCHES = Rows(Dispatch.appeal_id, Dispatch.id)
SURVEYS = Rows(Survey.appeal_id, Survey.closing)
DISPUTES = Rows(Dispute.appeal_id, Dispute.id)
LINKS = Rows(Link.notice_id, Link.id)
CODES = Rows(LinkCode.notice_id, LinkCode.id)
CONCLUSIONS = Rows(Conclusion.appeal_id, Conclusion.seq)
ADMISSIONS = Rows(Admission.appeal_id, Admission.id)
NOTICES = Rows(Notice.appeal_id, Notice.id)
NOTICED = Rows(Appeal.id)
MEASURES = Rows(Measure.appeal_id, Measure.seq)
NOTES = Rows(Note.appeal_id, Note.id, visible=lambda actor: open_cases(actor, Note.appeal_id))
NOTES_BY_ID = Rows(Note.id)
PROPOSALS = Rows(LikeCase.appeal_id, LikeCase.group_id, (UNDECIDED,))
LIKE_GROUPS = Rows(LikeGroup.id)
LIKE_CASES = Rows(LikeCase.group_id, LikeCase.position, (LikeCase.position <= MOST_LIKE,))

LOADERS = (
    APPEALS,
    MEMBERS,
    CLUSTERS,
    ENTRIES,
    ANSWERS,
    DISPATCHES,
    SURVEYS,
    DISPUTES,
    LINKS,
    CODES,
    CONCLUSIONS,
    MEASURES,
    ADMISSIONS,
    NOTICES,
    NOTICED,
    NOTES,
    NOTES_BY_ID,
    PROPOSALS,
    LIKE_GROUPS,
    LIKE_CASES,
)
