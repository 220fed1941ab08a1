"""A region without a place on the map: one folder, little law, jobs that tests can watch."""

from core.api import EventKind
from tests.grounds.polygon import rules

CHAPTERS = (rules,)
EVENTS = (
    EventKind("noted", "задание оставило след", "thing"),
    EventKind("ticked", "время пришло", "clock"),
)
