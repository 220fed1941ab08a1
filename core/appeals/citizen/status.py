"""Where an appeal stands and until when it waits, in one sentence each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.notices.letters.reference import written
from core.appeals.rules.deadlines import DueDate, governing, on_track
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import OPEN_STATES, WITHOUT_ANSWER, Outcome, State
from core.appeals.rules.terms import Track
from core.appeals.satisfaction.model import Dispute
from core.kernel.rules.calendar import local_date
from core.kernel.work import Work
from core.shapes.deadlines.rules.counting import end_of_day

ENDED = {
    Outcome.WITHDRAWN: "Рассмотрение прекращено по заявлению автора",
    Outcome.SENT_BACK: "Жалоба возвращена: объяснение — в письме",
    Outcome.COURT_DECISION: "Обращение возвращено: в нём обжалуется судебное решение",
}


def standing(appeal: Appeal, holder: str | None) -> str:
    """What happens with the appeal now; `holder` is the name of the body that has it."""
    at = f": {holder}" if holder else ""
    match State(appeal.state):
        case State.RECEIVED:
            return "Поступило и ждёт регистрации"
        case State.QUEUED:
            return "Зарегистрировано, определяется орган, который даст ответ"
        case State.ASSIGNED:
            return f"Направлено на рассмотрение{at}"
        case State.IN_WORK:
            return f"Рассматривается{' снова' if appeal.reworks else ''}{at}"
        case State.DISPUTED:
            return "Рассматривается возражение на ответ"
        case State.ANSWERED | State.CLOSED:
            return _settled(appeal)


def _settled(appeal: Appeal) -> str:
    outcome = Outcome(appeal.outcome) if appeal.outcome else None
    if outcome in WITHOUT_ANSWER:
        return f"Рассмотрение закончено: {outcome.label}"
    if outcome in ENDED:
        return ENDED[outcome]
    if appeal.undelivered:
        return "Ответ дан, но письмо вернулось: его направят снова"
    if outcome is Outcome.PLANNED and appeal.plan_date:
        return f"Дан промежуточный ответ: решение запланировано на {written(appeal.plan_date)}"
    return "Ответ дан" if appeal.state == State.ANSWERED else "Рассмотрение закончено, ответ дан"


def term(
    work: Work, appeal: Appeal, rows: Sequence[LedgerEntry], dispute: Dispute | None
) -> str | None:
    """Until when there will be an answer or a verdict; None where nothing is waited for."""
    if appeal.state == State.DISPUTED:
        due = dispute.due_at if dispute else None
        return f"Решение по возражению — {until(work, due)}" if due else None
    if State(appeal.state) not in OPEN_STATES:
        return None
    if appeal.unanswered_by is not None:
        clause = work.rules.clause(appeal.unanswered_by)
        return f"Ответ не даётся: {clause.title}" if clause else "Ответ не даётся"
    due = _answer_due(deadlines_of(work, appeal, pure(rows)))
    if due is None:
        statute = appeal.regime == Regime.APPEAL
        return None if statute else "Срок ответа на сообщение законом не установлен"
    if work.now > due:
        return f"Срок ответа истёк {written(local_date(due, work.zone))}"
    return f"Ответ будет дан {until(work, due)}"


def until(work: Work, moment: datetime) -> str:
    """«по 17.09.2026 включительно», or with its hour where the day does not end with it."""
    day = local_date(moment, work.zone)
    if moment == end_of_day(day, work.zone):
        return f"по {written(day)} включительно"
    return f"не позже {moment.astimezone(work.zone):%H:%M} {written(day)} по местному времени"


def _answer_due(dues: Sequence[DueDate]) -> datetime | None:
    """The governing one, if it is the answer's; else that of the statute or of the mechanism."""
    first = governing(dues)
    if first is not None and first.rule.answers:
        return first.due_at
    tracks = (on_track(dues, track) for track in (Track.STATUTE, Track.MECHANISM))
    return next((due.due_at for due in tracks if due is not None), None)
