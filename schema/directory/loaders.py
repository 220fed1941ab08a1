"""Rows of the directory that fields ask for."""

from __future__ import annotations

from core.directory.model import Appointment, Body, Person
from schema.graphql.loaders import Rows

BODIES = Rows(Body.id)
BODIES_BY_KEY = Rows(Body.key)
PERSONS = Rows(Person.id)
APPOINTMENTS = Rows(Appointment.person_id, Appointment.id)

LOADERS = (BODIES, BODIES_BY_KEY, PERSONS, APPOINTMENTS)
