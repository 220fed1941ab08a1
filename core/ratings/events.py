"""What happens to ratings."""

from __future__ import annotations

from core.kernel.events import EventKind

EVENTS = (
    EventKind("rating.answered", "на возражение к рейтингу отвечено", "rating"),
    EventKind("rating.corrected", "итог рейтинга исправлен с извещением", "rating"),
    EventKind("rating.counted", "внесено сведение для рейтинга", "rating_figure"),
    EventKind("rating.drafted", "проект рейтинга показан оцениваемым", "rating"),
    EventKind("rating.moved", "день выхода рейтинга перенесён", "rating_release"),
    EventKind("rating.objected", "на проект рейтинга возразили", "rating"),
    EventKind("rating.published", "итог рейтинга опубликован", "rating"),
    EventKind("rating.rehearsed", "черновик методики опробован", "rating_draft"),
    EventKind("rating.series_loaded", "внесён рейтинг, сделанный не здесь", "rating_series"),
    EventKind("rating.tried", "пробный рейтинг опубликован", "rating"),
)
"""Events of ratings."""
