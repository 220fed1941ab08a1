"""What the heat map hands over to the API."""

from __future__ import annotations

from schema.graphql.subject import SubjectSchema
from schema.problems.queries import HeatQuery

SCHEMA = SubjectSchema(queries=(HeatQuery,))
"""The heat map of a period."""
