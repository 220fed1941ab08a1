"""By what right somebody outside of a case reads it (R52)."""

from __future__ import annotations

from core.law.russian import Code


class AdmissionKind(Code):
    """Who is admitted to a case that he neither handles nor judges."""

    PROSECUTOR = "prosecutor", "прокурор"
    SUPERIOR = "superior", "вышестоящий орган или должностное лицо"
    CHECK = "check", "проверяющий"
