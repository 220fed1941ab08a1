"""What obligations hand over to the API."""

from __future__ import annotations

from schema.graphql.subject import SubjectSchema
from schema.obligations.enums import ENUMS
from schema.obligations.mutations import ObligationMutation
from schema.obligations.queries import ObligationQuery

SCHEMA = SubjectSchema(queries=(ObligationQuery,), mutations=(ObligationMutation,), enums=ENUMS)
