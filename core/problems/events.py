"""What happens to problems."""

from __future__ import annotations

from core.kernel.events import EventKind

EVENTS = (
    EventKind("problem.analysed", "конфликт или ошибка разобраны", "problem_sighting"),
    EventKind("problem.breached", "срок мероприятия по проблеме нарушен", "problem"),
    EventKind("problem.carried_out", "мероприятие по проблеме выполнено", "problem"),
    EventKind("problem.categories_adopted", "категории проблем утверждены", "problem_category"),
    EventKind("problem.categories_loaded", "категории проблем загружены", "problem_category"),
    EventKind("problem.caused", "первопричина проблемы установлена", "problem"),
    EventKind("problem.closed", "проблема закрыта: снижение держится", "problem"),
    EventKind("problem.declared", "снижение по проблеме заявлено", "problem"),
    EventKind("problem.drafted", "дорожная карта по проблеме подготовлена", "problem"),
    EventKind("problem.joined", "к проблеме отнесены обращения", "problem"),
    EventKind("problem.listed", "проблема внесена в перечень", "problem"),
    EventKind("problem.planned", "мероприятие по проблеме назначено", "problem"),
    EventKind("problem.reminded", "о сроке мероприятия напомнено", "problem"),
    EventKind("problem.reopened", "проблема возобновлена", "problem"),
    EventKind("problem.seen", "внесены конфликт, ошибка или голосование", "problem_sighting"),
)
"""Events of problems."""
