"""What incoming mail hands over to the API."""

from __future__ import annotations

from core.kernel.codes import Permission
from schema.graphql.subject import NodeKind, SubjectSchema
from schema.mailbox.enums import ENUMS
from schema.mailbox.mutations import LetterMutation
from schema.mailbox.queries import LetterQuery
from schema.mailbox.types import LETTERS

SCHEMA = SubjectSchema(
    queries=(LetterQuery,),
    mutations=(LetterMutation,),
    nodes=(NodeKind("Letter", LETTERS, Permission.READ_APPEALS),),
    loaders=(LETTERS,),
    enums=ENUMS,
)
