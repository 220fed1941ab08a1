"""What happens to people, blocks and appointments of a centre."""

from __future__ import annotations

from core.directory.rules.appointments import AppointmentState
from core.kernel.events import EventKind, each
from core.structure.rules.growth import ProposalState

PERSON = "служебный номер лица"

EVENTS = (
    *each("appointment", "назначение", AppointmentState, PERSON),
    EventKind("appointment.delegated", "полномочия назначения делегированы", "appointment", PERSON),
    EventKind("appointment.recalled", "делегирование отозвано", "appointment", PERSON),
    *each("block", "предложение блока", ProposalState),
    EventKind("body.theme_linked", "за органом закреплена тематика", "body"),
    EventKind("centre.duties_divided", "обязанности членов центра распределены", "duties"),
    EventKind("centre.involved", "представители органа привлечены к работе", "body"),
    EventKind("person.dismissed", "лицо уволено", "person", PERSON),
    EventKind("person.entered", "лицо внесено в справочник", "person", PERSON),
    EventKind("position.entered", "должность внесена в справочник", "position"),
    EventKind("replacement.breached", "срок замены нарушен", "replacement"),
    EventKind("replacement.opened", "нужна другая кандидатура", "replacement"),
    EventKind("replacement.proposed", "другая кандидатура предложена", "replacement"),
    EventKind("replacement.reminded", "о сроке замены напомнено", "replacement"),
)
"""Events of the structure."""
