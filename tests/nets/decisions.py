"""Everything that was decided, signed or grounded, as rows of text that no migration may lose.

A change of tables changes here where a row is read from, and nothing of what is read.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Integer, Select, String, case, cast, func, not_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.appeals.satisfaction.model import Dispute, Survey
from core.directory.model import APPOINTMENT, Appointment, Body, Delegation, Person
from core.indicators.model import INDICATOR, VALUE, Indicator, IndicatorTarget, IndicatorValue
from core.kernel.codes import ActKind
from core.shapes.chains.model import DecisionRecord
from core.structure.model import (
    BLOCK_PROPOSAL,
    BlockProposal,
    DutiesRecord,
    Involved,
    Replacement,
)
from municipal.model import MunicipalCentre
from tests.nets.telling import Plain, plain

A, B, D, V = Appointment, BlockProposal, DecisionRecord, IndicatorValue
Other = aliased(Person)
GROUND = case(
    (
        D.ground_kind.is_not(None),
        case({kind.value: kind.label for kind in ActKind}, value=D.ground_kind)
        + " № "
        + D.ground_number
        + " от "
        + func.substr(cast(D.ground_date, String), 9, 2)
        + "."
        + func.substr(cast(D.ground_date, String), 6, 2)
        + "."
        + func.substr(cast(D.ground_date, String), 1, 4),
    ),
    else_=D.ground_text,
)
"""The ground put together again, by the database and not by the product."""

APPOINTMENTS: Mapping[str, Select[*tuple[object, ...]]] = {
    "appointments": select(
        A.id, Person.subject, A.role, Body.key, A.blocks, A.municipalities, A.direction, A.powers,
        A.ground, A.state, A.since, A.until,
    )
    .join(Person, Person.id == A.person_id)
    .outerjoin(Body, Body.id == A.body_id)
    .order_by(A.id),
    "steps of appointments": select(
        D.subject_id, D.step, D.party, Body.key, D.clause, GROUND, D.actor, D.at
    )
    .outerjoin(Body, Body.id == D.body_id)
    .where(D.subject == APPOINTMENT)
    .order_by(D.id),
    "delegations": select(
        Delegation.appointment_id, Other.subject, Delegation.since, Delegation.until,
        Delegation.reason,
    )
    .join(Other, Other.id == Delegation.person_id)
    .order_by(Delegation.id),
    "replacements": select(
        Replacement.appointment_id, Replacement.block, Replacement.trigger, Replacement.clause,
        Replacement.received_at, Replacement.due_at, Replacement.proposed_at,
        Replacement.candidate_id, Replacement.reminded_on, Replacement.breached_at,
    ).order_by(Replacement.id),
}  # fmt: skip
CENTRE: Mapping[str, Select[*tuple[object, ...]]] = {
    "blocks": select(
        B.id, B.key, B.name, B.kind, B.themes, B.significant, B.widens, B.reason, B.state,
        B.proposed_at, B.clause, B.since,
    ).order_by(B.id),
    "steps of blocks": select(
        D.subject_id, D.step, D.party, D.clause, GROUND, D.actor, D.at
    ).where(D.subject == BLOCK_PROPOSAL).order_by(D.id),
    "duties": select(
        DutiesRecord.ground, DutiesRecord.agreed, DutiesRecord.since, DutiesRecord.clause
    ).order_by(DutiesRecord.id),
    "involved": select(
        Body.key, Involved.representative, Involved.purpose, Involved.since, Involved.until,
        Involved.clause,
    ).join(Body, Body.id == Involved.body_id).order_by(Involved.id),
    "municipal centres": select(
        MunicipalCentre.municipality, Body.key, MunicipalCentre.state, MunicipalCentre.ground,
        MunicipalCentre.since,
    ).join(Body, Body.id == MunicipalCentre.body_id).order_by(MunicipalCentre.id),
}  # fmt: skip
INDICATORS: Mapping[str, Select[*tuple[object, ...]]] = {
    "indicators": select(
        Indicator.id, Indicator.key, Indicator.kind, Indicator.name, Indicator.unit,
        Indicator.direction, Indicator.formula, Indicator.periodicity, Indicator.owner_kind,
        Indicator.owner, Indicator.state, Indicator.proposed_on, Indicator.since, Indicator.until,
    ).order_by(Indicator.id),
    "signatures": select(
        D.subject_id, cast(D.step, Integer), D.deed, D.party, not_(D.agreed), D.actor,
        D.person_id, D.ground_number, D.ground_date, D.reason, D.clause, D.at,
    ).where(D.subject == INDICATOR).order_by(D.subject_id, cast(D.step, Integer)),
    "targets": select(
        IndicatorTarget.indicator_id, IndicatorTarget.period, IndicatorTarget.version,
        IndicatorTarget.amount, IndicatorTarget.author, IndicatorTarget.ground, IndicatorTarget.at,
    ).order_by(IndicatorTarget.id),
    "values": select(
        V.indicator_id, V.period, V.version, V.amount, V.author, V.ground, V.at
    ).order_by(V.id),
    "stages": select(
        V.indicator_id, V.period, V.version, D.step, D.actor, D.clause, D.at
    ).join(V, V.id == D.subject_id).where(D.subject == VALUE).order_by(D.id),
}  # fmt: skip
APPEALS: Mapping[str, Select[*tuple[object, ...]]] = {
    "surveys": select(
        Survey.appeal_id, Survey.closing, Survey.issued_at, Survey.expires_at, Survey.answered_at,
        Survey.mark, Survey.comment,
    ).order_by(Survey.id),
    "disputes": select(
        Dispute.appeal_id, Dispute.survey_id, Body.key, Dispute.opened_at, Dispute.reason,
        Dispute.judged_at, Dispute.judge, Dispute.upheld, Dispute.verdict,
    ).outerjoin(Body, Body.id == Dispute.body_id).order_by(Dispute.id),
}  # fmt: skip


async def decisions(session: AsyncSession) -> dict[str, Plain]:
    """Each list of them, in the order in which they were written."""
    queries = {**APPOINTMENTS, **CENTRE, **INDICATORS, **APPEALS}
    return {
        name: [plain(tuple(row)) for row in (await session.execute(query)).all()]
        for name, query in queries.items()
    }
