"""What a layer adds to the API."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GraphQLPart:
    """Root fields, as classes of Strawberry's; None where there are none of the kind."""

    query: type | None = None
    mutation: type | None = None
