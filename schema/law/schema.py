"""What the law hands over to the API."""

from __future__ import annotations

from schema.graphql.subject import SubjectSchema
from schema.law.enums import ENUMS
from schema.law.queries import RulebookQuery

SCHEMA = SubjectSchema(queries=(RulebookQuery,), enums=ENUMS)
