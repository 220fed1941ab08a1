"""What the directory hands over to the API."""

from __future__ import annotations

from schema.directory.enums import ENUMS
from schema.directory.loaders import BODIES, LOADERS, PERSONS
from schema.directory.queries import DirectoryQuery
from schema.graphql.subject import NodeKind, SubjectSchema

SCHEMA = SubjectSchema(
    queries=(DirectoryQuery,),
    nodes=(NodeKind("Body", BODIES), NodeKind("Person", PERSONS)),
    loaders=LOADERS,
    enums=ENUMS,
)
