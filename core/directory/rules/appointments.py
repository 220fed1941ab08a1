"""Where an appointment stands."""

from __future__ import annotations

from core.law.russian import Code


class AppointmentState(Code):
    """Where an appointment stands; ENDED was in force, REFUSED never was."""

    PROPOSED = "proposed", "предложено"
    NOMINATED = "nominated", "кандидатура определена"
    SUBMITTED = "submitted", "представлено на утверждение"
    APPOINTED = "appointed", "назначено, ждёт утверждения состава"
    IN_FORCE = "in_force", "действует"
    ENDED = "ended", "прекращено"
    REFUSED = "refused", "отклонено"
