"""What requests hand over to the API."""

from __future__ import annotations

from core.kernel.codes import Permission
from schema.graphql.subject import NodeKind, SubjectSchema
from schema.requests.fields import RequestMutation, RequestQuery
from schema.requests.types import ENUMS, FILES, NUMBERS, REQUESTS

SCHEMA = SubjectSchema(
    queries=(RequestQuery,),
    mutations=(RequestMutation,),
    nodes=(NodeKind("MaterialRequest", REQUESTS, Permission.READ_APPEALS),),
    loaders=(REQUESTS, FILES, NUMBERS),
    enums=ENUMS,
)
