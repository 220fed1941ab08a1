"""Which media type the client accepts, by GraphQL over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
HTML = "text/html"
LONGEST_ACCEPT = 1_000
KEPT_HEADERS = 100


@dataclass(frozen=True, slots=True)
class _Range:
    media: str
    quality: float


@lru_cache(KEPT_HEADERS)
def response_type(accept: str | None) -> str | None:
    """The media type of the answer, None when the client takes neither; JSON when it is all one."""
    if accept is None or not accept.strip():
        return JSON
    ranges = _ranges(accept)
    qualities = {media: _quality(media, ranges) for media in (JSON, GRAPHQL_JSON)}
    named = [r.media for r in ranges if r.media in qualities]
    best = max([*named, JSON, GRAPHQL_JSON], key=qualities.__getitem__)  # of equals the first
    return best if qualities[best] > 0 else None


def prefers_html(accept: str | None) -> bool:
    """Whether a browser asks for a page, not for data."""
    ranges = _ranges(accept or "")
    html = max((r.quality for r in ranges if r.media == HTML), default=0.0)
    return html > 0 and html >= max(
        (r.quality for r in ranges if r.media in (JSON, GRAPHQL_JSON)), default=0.0
    )


def _ranges(accept: str) -> list[_Range]:
    parts = (part.split(";") for part in accept[:LONGEST_ACCEPT].lower().split(","))
    return [_Range(part[0].strip(), _weight(part[1:])) for part in parts]


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(media: str, ranges: list[_Range]) -> float:
    """The weight of the most specific range that covers the type."""
    for pattern in (media, "application/*", "*/*"):
        for found in ranges:
            if found.media == pattern:
                return found.quality
    return 0.0
