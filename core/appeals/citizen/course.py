"""What has happened to an appeal, in the words of a page that its author reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from core.appeals.model import LedgerEntry
from core.appeals.notices.letters.reference import written
from core.appeals.rules.lifecycle import Fact, Outcome
from core.kernel.rules.calendar import local_date
from core.law.rulebook import Rulebook

AT_A_BODY: Mapping[Fact, str] = {
    Fact.ROUTED: "Направлено на рассмотрение",
    Fact.TRANSFERRED: "Переадресовано",
    Fact.ACCEPTED: "Принято к рассмотрению",
    Fact.COPIED: "Направлена копия",
    Fact.ASKED: "Запрошены сведения",
    Fact.SUPPLIED: "Получены сведения",
}
"""Facts that name a body."""

SIMPLE: Mapping[Fact, str] = {
    Fact.RECEIVED: "Обращение поступило",
    Fact.UNSENT: "Отправка ответа отменена: отправитель ошибся адресом",
    Fact.DELIVERED: "Ответ вручён",
    Fact.UNDELIVERED: "Ответ вернулся без вручения",
    Fact.RESENT: "Ответ направлен снова",
    Fact.CLOSED: "Рассмотрение закончено",
    Fact.WITHDRAWN: "Рассмотрение прекращено по заявлению",
    Fact.SENT_BACK: "Жалоба возвращена",
    Fact.COURT_DECISION: "Обращение возвращено: в нём обжалуется судебное решение",
    Fact.DISPUTED: "Подано возражение на ответ",
    Fact.UPHELD: "Возражение отклонено",
    Fact.REOPENED: "Возражение признано обоснованным, рассмотрение возобновлено",
    Fact.RESUMED: "Возражение признано обоснованным, рассмотрение возобновлено",
    Fact.SUPPLEMENTED: "Приобщён документ заявителя",
    Fact.SHOWN: "Показаны материалы обращения",
    Fact.REGIME_CHANGED: "Сообщение признано обращением",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on a local day; `detail` says where, until when or by what norm."""

    on: date
    title: str
    detail: str | None = None


def course(
    rows: Sequence[LedgerEntry], names: Mapping[str, str], rules: Rulebook, zone: ZoneInfo
) -> Iterator[Happening]:
    """What of the ledger concerns its author, oldest first; `names` are of bodies by their keys."""
    for row in rows:
        on, fact = local_date(row.at, zone), Fact(row.fact)
        body = names.get(row.body or "", row.body)
        if fact in SIMPLE:
            yield Happening(on, SIMPLE[fact])
        elif fact in AT_A_BODY:
            yield Happening(on, AT_A_BODY[fact], body)
        elif fact is Fact.REGISTERED:
            number = row.data.get("number")
            yield Happening(on, "Зарегистрировано", f"№ {number}" if number else body)
        elif fact is Fact.PROLONGED:
            until = date.fromisoformat(str(row.data["plan_date"]))
            yield Happening(on, "Срок продлён", f"по {written(until)} включительно")
        elif fact is Fact.ANSWERED:
            yield Happening(on, _answered(row))
        elif fact is Fact.CONCLUDED:
            clause = rules.clause(row.clause or "")
            ground = clause.title if clause else None
            yield Happening(on, "Рассмотрение закончено без ответа по существу", ground)


def _answered(row: LedgerEntry) -> str:
    interim = row.data.get("outcome") == Outcome.PLANNED
    return "Дан промежуточный ответ" if interim else "Дан ответ"
