"""The catalogue of events of a region: what its subjects and its layers of law declare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from inspect import signature
from typing import Any

from core.appeals.events import EVENTS as OF_APPEALS
from core.attachments.events import EVENTS as OF_ATTACHMENTS
from core.directory.events import EVENTS as OF_THE_DIRECTORY
from core.documents.events import EVENTS as OF_DOCUMENTS
from core.indicators.events import EVENTS as OF_INDICATORS
from core.kernel.events import EVENTS as OF_THE_KERNEL
from core.kernel.events import Catalogue, EventKind
from core.kernel.extensions import Listener
from core.kernel.work import Handlers
from core.law.fault import LawError
from core.law.russian import hint
from core.mailbox.events import EVENTS as OF_THE_MAILBOX
from core.obligations.events import EVENTS as OF_OBLIGATIONS
from core.partners.events import EVENTS as OF_PARTNERS
from core.problems.events import EVENTS as OF_PROBLEMS
from core.ratings.events import EVENTS as OF_RATINGS
from core.region.evidence.events import EVENTS as OF_EVIDENCE
from core.region.layers import LoadedLayer
from core.requests.events import EVENTS as OF_REQUESTS
from core.sessions.events import EVENTS as OF_SESSIONS
from core.structure.events import EVENTS as OF_THE_STRUCTURE
from core.subscriptions.events import EVENTS as OF_SUBSCRIPTIONS
from core.summaries.events import EVENTS as OF_SUMMARIES
from core.workload.events import EVENTS as OF_WORKLOAD

CORE = (
    *OF_THE_KERNEL,
    *OF_THE_DIRECTORY,
    *OF_THE_STRUCTURE,
    *OF_ATTACHMENTS,
    *OF_APPEALS,
    *OF_THE_MAILBOX,
    *OF_SESSIONS,
    *OF_SUBSCRIPTIONS,
    *OF_INDICATORS,
    *OF_DOCUMENTS,
    *OF_OBLIGATIONS,
    *OF_REQUESTS,
    *OF_PARTNERS,
    *OF_SUMMARIES,
    *OF_RATINGS,
    *OF_PROBLEMS,
    *OF_EVIDENCE,
    *OF_WORKLOAD,
)
"""What happens in core, whatever the region."""


def catalogue_of(layers: Iterable[LoadedLayer]) -> Catalogue:
    """Every declared kind by name; LawError where a layer declares one that there is."""
    known: dict[str, EventKind] = {kind.name: kind for kind in CORE}
    for layer in layers:
        for kind in layer.events:
            if kind.name in known:
                raise LawError(f"событие «{kind.name}» объявлено дважды", layer.file)
            known[kind.name] = kind
    return known


def handlers_of(layers: Sequence[LoadedLayer], catalogue: Catalogue) -> Handlers:
    """Who listens to what, in the order of the layers; LawError for what never happens."""
    handlers: dict[str, tuple[Any, ...]] = {}
    for file, listener in _listeners(layers):
        if listener.event not in catalogue:
            alike = hint(listener.event, catalogue)
            raise LawError(f"слушают событие «{listener.event}», его нет{alike}", file)
        if not _takes_both(listener):
            text = f"слушатель события «{listener.event}» берёт не то: нужны работа и событие"
            raise LawError(text, file)
        handlers[listener.event] = (*handlers.get(listener.event, ()), listener.run)
    return handlers


def _listeners(layers: Iterable[LoadedLayer]) -> Iterable[tuple[str, Listener]]:
    for layer in layers:
        yield from layer.told("listeners")


def _takes_both(listener: Listener) -> bool:
    try:
        signature(listener.run).bind(None, None)
    except TypeError:
        return False
    except ValueError:  # of some functions in C nobody can tell what they take
        return True
    return True
