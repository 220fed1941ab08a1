"""Use cases and kernel that a layer of law may call; its kinds of rule come from `rules`."""

from __future__ import annotations

import core.law.retired
from core.appeals.applicants.marks import run_mark
from core.appeals.batches.jobs import run_batch
from core.appeals.case import Case, open_case
from core.appeals.copies import run_copy
from core.appeals.duplicates.repeats import answer_repeats, close_repeats, release_repeats
from core.appeals.duplicates.search import run_propose
from core.appeals.escalation.service import run_sweep
from core.appeals.handover import receiver
from core.appeals.impartiality import check_person
from core.appeals.mail.sender import run_mail
from core.appeals.model import Appeal
from core.appeals.own_facts import record_fact
from core.appeals.refresh.columns import run_fill
from core.appeals.satisfaction.service import issue_survey
from core.appeals.satisfaction.terms import follow_appeal
from core.appeals.step import Step
from core.appeals.tabulations.jobs import run_forget, run_tabulation
from core.attachments.copies import run_draw
from core.attachments.scan import run_scan
from core.attachments.sweep import run_destroy, run_sweep_files
from core.db.database import Base, Id, UtcDateTime
from core.directory.bodies import find_body, load_bodies
from core.documents.watch import run_law_watch
from core.indicators.recompute import run_recompute
from core.kernel.access import ANONYMOUS, Actor, Grant, Scope, require
from core.kernel.acts.federal import FZ59, FZ152, PRACTICE, RU_1844
from core.kernel.codes import ActKind, Authority, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event, EventKind
from core.kernel.extensions import AnyJob, ApartJob, Job, Listener
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.mailbox.files import run_files
from core.mailbox.sweep import run_letters
from core.obligations.fulfilment import follow_document, follow_stamps, unfollow_document
from core.obligations.sweep import run_obligations
from core.problems.closing import run_problems
from core.region.erasing.carrying import run_unfinished
from core.region.evidence.signatures import run_renew_stamps
from core.region.figures import run_fold
from core.region.hooks import hookimpl
from core.region.sealing.jobs import run_seal
from core.region.sealing.remote import run_witnesses
from core.region.sealing.timestamps import run_stamp
from core.requests.answering import run_requests
from core.shapes.registers.model import Dated
from core.shapes.registers.service import enter
from core.structure.replacements import run_watch
from core.subscriptions.delivery import run_webhooks

__all__ = [
    "ANONYMOUS",
    "FZ59",
    "FZ152",
    "PRACTICE",
    "RU_1844",
    "ActKind",
    "Actor",
    "AnyJob",
    "ApartJob",
    "Appeal",
    "Authority",
    "Base",
    "Case",
    "Dated",
    "Event",
    "EventKind",
    "Grant",
    "Id",
    "Job",
    "Listener",
    "Permission",
    "Refusal",
    "RefusalCode",
    "Scope",
    "Step",
    "UtcDateTime",
    "Work",
    "answer_repeats",
    "check_person",
    "close_repeats",
    "enter",
    "find_body",
    "follow_appeal",
    "follow_document",
    "follow_stamps",
    "hookimpl",
    "issue_survey",
    "load_bodies",
    "open_case",
    "reasoned",
    "receiver",
    "record_fact",
    "release_repeats",
    "require",
    "run_batch",
    "run_copy",
    "run_destroy",
    "run_draw",
    "run_files",
    "run_fill",
    "run_fold",
    "run_forget",
    "run_law_watch",
    "run_letters",
    "run_mail",
    "run_mark",
    "run_obligations",
    "run_problems",
    "run_propose",
    "run_recompute",
    "run_renew_stamps",
    "run_requests",
    "run_scan",
    "run_seal",
    "run_stamp",
    "run_sweep",
    "run_sweep_files",
    "run_tabulation",
    "run_unfinished",
    "run_watch",
    "run_webhooks",
    "run_witnesses",
    "serves",
    "unfollow_document",
]

RETIRED: tuple[core.law.retired.Retired, ...] = ()
"""Names that a release still keeps and another drops, as docs/layer.md lists them."""

core.law.retired.keep(__name__, RETIRED)
