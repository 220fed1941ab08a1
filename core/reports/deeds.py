"""What the use cases that acts name are called for whoever reads the act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

DEEDS: Mapping[str, str] = MappingProxyType(
    {
        "appeals.analyse": "подсчёт обращений и анализ по срокам, темам и местам",
        "appeals.ask": "запрос сведений у другого органа",
        "appeals.route": "направление обращения органу",
        "appeals.transfer": "передача обращения по компетенции",
        "documents.decide": "решение о документе по его порядку утверждения",
        "documents.draft": "подготовка документа и его новых версий",
        "documents.submit": "направление документа по его порядку утверждения",
        "escalation.run_sweep": "контроль сроков и предупреждение о них",
        "intake.take_in": "приём обращения с определением темы, места и органа",
        "observations.cut": "показатель в разрезе по выбору, рядом с прежними периодами",
        "partners.record_dealing": "взаимодействие с партнёром, внесённое по его виду",
        "problems.analyse_sighting": "анализ конфликта или ошибки при коммуникации",
        "problems.close_problem": "закрытие проблемы, когда снижение держится",
        "problems.heat_map": "тепловая карта: где сколько обращений и где их неожиданно много",
        "problems.picture": "картина региона по обращениям, голосованиям и обсуждениям",
        "problems.plan_measure": "мероприятие по устранению первопричины",
        "problems.record_sighting": "запись конфликта, ошибки, голосования или обсуждения",
        "problems.set_cause": "первопричина проблемы",
        "ratings.enter_figure": "внесение сведений для рейтинга, которых обращения не дают",
        "ratings.publish_rating": "публикация итогового рейтинга, который больше не меняется",
        "satisfaction.answer_survey": "оценка ответа заявителем",
        "satisfaction.issue_survey": "опрос заявителя после закрытия",
        "satisfaction.judge": "рассмотрение возражения на ответ",
        "structure.propose_replacement": "предложение другой кандидатуры",
        "structure.recommend_replacement": "рекомендация о замене сотрудника",
        "summaries.prepare_report": "отчёт по показателям закрытого периода",
        "templates.draft_answer": "подготовка ответа по шаблону",
        "templates.write_template": "составление шаблона ответа",
        "workload.loads": "учёт загрузки специалистов по блокам",
        "workload.propose_staffing": "предложения по кадрам",
        "workload.representation": "численность блока против числа его сообщений",
    }
)
"""By the name that an act's file gives in `served_by`."""


def deeds(names: Iterable[str]) -> str:
    """The use cases in words, in the alphabet's order of what is read; one without as it is."""
    return "; ".join(sorted(DEEDS.get(name, f"`{name}`") for name in names))
