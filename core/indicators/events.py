"""What happens to indicators, their targets and values."""

from __future__ import annotations

from core.indicators.rules.kinds import Deed
from core.kernel.events import EventKind, each

EVENTS = (
    *each("indicator", "показатель", Deed),
    EventKind("indicator.declined", "показатель отклонён", "indicator"),
    EventKind("indicator.target_set", "установлено целевое значение", "indicator"),
    EventKind("indicator.value_advanced", "значение прошло ступень", "indicator"),
    EventKind("indicator.value_recorded", "значение внесено", "indicator"),
)
"""Events of indicators."""
