"""What the heat map and problems hand over to the API."""

from __future__ import annotations

from core.kernel.codes import Permission
from schema.graphql.subject import NodeKind, SubjectSchema
from schema.problems.entries import ProblemEntryMutation
from schema.problems.enums import ENUMS
from schema.problems.mutations import ProblemMutation
from schema.problems.problem import PROBLEMS
from schema.problems.queries import HeatQuery
from schema.problems.reading import ProblemQuery
from schema.problems.sighting import SIGHTINGS

SCHEMA = SubjectSchema(
    queries=(HeatQuery, ProblemQuery),
    mutations=(ProblemEntryMutation, ProblemMutation),
    nodes=(
        NodeKind("Problem", PROBLEMS, Permission.READ_APPEALS),
        NodeKind("Sighting", SIGHTINGS, Permission.READ_APPEALS),
    ),
    loaders=(PROBLEMS, SIGHTINGS),
    enums=ENUMS,
)
