"""What the system's own work hands over to the API."""

from __future__ import annotations

from schema.graphql.subject import SubjectSchema
from schema.operation.enums import ENUMS
from schema.operation.journal import JOURNAL, JournalQuery
from schema.operation.mutations import OperationMutation
from schema.operation.queries import OperationQuery

SCHEMA = SubjectSchema(
    queries=(OperationQuery, JournalQuery),
    mutations=(OperationMutation,),
    loaders=(JOURNAL,),
    enums=ENUMS,
)
