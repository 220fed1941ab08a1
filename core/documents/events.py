"""What happens to documents of the centre."""

from __future__ import annotations

from core.kernel.events import EventKind

WHO = "служебный номер лица"

EVENTS = (
    EventKind("document.agreed", "документ: положительное решение по шагу", "document", WHO),
    EventKind("document.approved", "документ прошёл все шаги", "document", WHO),
    EventKind("document.chain_recorded", "установлен порядок вида документов", "document_chain"),
    EventKind("document.disagreed", "документ: отрицательное решение по шагу", "document", WHO),
    EventKind("document.drafted", "проект документа создан", "document", WHO),
    EventKind("document.edited", "проект документа изменён", "document", WHO),
    EventKind("document.issued", "документ представлен", "document", WHO),
    EventKind("document.law_changed", "порядок документа изменён новой редакцией", "document"),
    EventKind("document.letter_registered", "сопроводительное письмо внесено", "document"),
    EventKind("document.restarted", "согласование начато заново по новой редакции", "document"),
    EventKind("document.returned", "документ возвращён с причиной", "document", WHO),
    EventKind("document.stamp_renewed", "метка времени под подписью обновлена", "document"),
    EventKind(
        "document.stamped_late",
        "метка времени под подписью поставлена после решения",
        "document",
    ),
    EventKind("document.submitted", "версия документа представлена", "document", WHO),
    EventKind("document.voided", "решения по версии отменены изменением", "document"),
    EventKind("document.withdrawn", "документ отозван", "document", WHO),
)
"""Events of documents."""
