"""Why no term of an appeal runs."""

from collections.abc import Sequence

import strawberry

from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules import no_term
from core.appeals.rules.intake import Regime
from core.appeals.rules.no_term import NoTerm, no_term_reason
from core.law import act as law
from schema.appeals.deadlines import JUDGED_BY
from schema.appeals.loaders import ENTRIES
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.resolvers import derived


@derived(*JUDGED_BY, rows=ENTRIES, by=Appeal.id)
def no_term_of(
    root: Appeal, info: Info, rows: Sequence[LedgerEntry]
) -> no_term.NoTermReason | None:
    """Resolver of an appeal's `noTermReason`."""
    entries = pure(rows)
    dues = deadlines_of(info.context, root, entries)
    return no_term_reason(entries, dues, Regime(root.regime))


def _words(root: strawberry.Parent[no_term.NoTermReason]) -> str:
    return root.code.label


def _clause(root: strawberry.Parent[no_term.NoTermReason]) -> law.Clause:
    return root.clause


@strawberry.type(description="Почему у обращения сейчас не идёт срок")
class NoTermReason:
    """Resolved from `core.appeals.rules.no_term.NoTermReason`."""

    code: NoTerm = field("Причина")
    words: str = field("Она же словами", _words)
    clause: Clause = field("Норма, из которой это следует", _clause)
