"""What happens to appeals, and beside them."""

from __future__ import annotations

from core.appeals.notices.states import NoticeState
from core.appeals.rules.lifecycle import Fact
from core.kernel.events import EventKind, each

REASON = "слова основания, как их написало должностное лицо"

ON_THE_WAY = [state for state in NoticeState if state is not NoticeState.WRITTEN]

EVENTS = (
    *each("appeal", "обращение", Fact, REASON),
    EventKind("answer.handed", "ответ передан каналу для отправки", "appeal"),
    EventKind("appeal.erased", "персональные данные обращения уничтожены", "appeal"),
    EventKind("appeal.erasing", "приказано уничтожить персональные данные обращения", "appeal"),
    EventKind("appeal.held", "обращение удержано от уничтожения", "appeal"),
    EventKind("appeal.released", "удержание обращения снято", "appeal"),
    EventKind("appeal.escalated", "о сроке обращения предупреждены", "appeal"),
    EventKind("appeal.term_breached", "нарушен срок, который не является сроком ответа", "appeal"),
    EventKind("appeal.taken_in", "обращение принято", "appeal"),
    EventKind("appeals.exported", "обращения выгружены в файл", "export"),
    EventKind("applicant.read", "прочитаны данные заявителя", "appeal", "цель чтения"),
    EventKind("applicant.sought", "обращения искали по заявителю", "search", "цель поиска"),
    EventKind("applicants.opened", "открыто чтение данных многих людей", "actor", "причина чтения"),
    EventKind("batch.finished", "шаг со многими обращениями окончен", "batch"),
    EventKind("batch.started", "начат шаг со многими обращениями", "batch", REASON),
    EventKind("classifier.loaded", "классификатор загружен", "classifier"),
    EventKind("content.read", "прочитано содержание обращения", "appeal"),
    EventKind("link.code_sent", "заявителю послан код для страницы обращения", "appeal"),
    EventKind("link.code_used", "страница обращения открыта по коду", "appeal"),
    EventKind("link.revoked", "ссылки на страницу обращения отозваны", "appeal", REASON),
    *each("notice", "уведомление", ON_THE_WAY, of="appeal"),
    EventKind("notice.released", "сообщён адресат уведомления", "appeal", "чтение адреса"),
    EventKind("notice.sent_anew", "уведомление направлено иначе", "appeal"),
    EventKind("note.written", "на обращении оставлена заметка", "appeal"),
    EventKind("signing.granted", "дано право подписывать ответы органа", "body"),
    EventKind("survey.answered", "заявитель оценил ответ", "appeal"),
    EventKind("tabulation.erased", "файл показателей уничтожен", "tabulation"),
    EventKind("tabulation.made", "файл показателей составлен", "tabulation"),
    EventKind("tabulation.ordered", "заказан файл показателей", "tabulation"),
    EventKind("tabulation.refused", "в файле показателей отказано", "tabulation"),
    EventKind("template.retired", "шаблон ответа изъят", "template"),
    EventKind("template.written", "шаблон ответа составлен", "template"),
)
"""Events of appeals."""
