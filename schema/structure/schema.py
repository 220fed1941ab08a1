"""What the centre's structure hands over to the API."""

from __future__ import annotations

from schema.graphql.subject import SubjectSchema
from schema.structure.appointments import AppointingMutation
from schema.structure.blocks import RECORDS, GrowthMutation, GrowthQuery
from schema.structure.enums import ENUMS
from schema.structure.personnel import PersonnelMutation
from schema.structure.queries import StructureQuery
from schema.structure.types import REPLACED
from schema.structure.upkeep import UpkeepMutation

SCHEMA = SubjectSchema(
    queries=(StructureQuery, GrowthQuery),
    mutations=(AppointingMutation, PersonnelMutation, UpkeepMutation, GrowthMutation),
    loaders=(REPLACED, RECORDS),
    enums=ENUMS,
)
