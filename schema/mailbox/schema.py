"""What incoming mail hands over to the API."""

from __future__ import annotations

from schema.graphql.subject import SubjectSchema
from schema.mailbox.enums import ENUMS
from schema.mailbox.mutations import LetterMutation
from schema.mailbox.queries import LetterQuery

SCHEMA = SubjectSchema(queries=(LetterQuery,), mutations=(LetterMutation,), enums=ENUMS)
