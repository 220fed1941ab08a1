"""Settings of a region's sealed journal: who countersigns it, and who says when it was so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator, model_validator
from pydantic_settings import NoDecode

from core.kernel.environment import WithSecrets

WITNESS = re.compile(r"\S+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44} +https?://[^/\s]+\S*")
"""A key as signed-note writes it, and an address."""


def split_commas(value: object) -> object:
    """The words of a text that commas split; what is no text as it is."""
    if isinstance(value, str):
        return tuple(name.strip() for name in value.split(",") if name.strip())
    return value


class JournalSettings(WithSecrets):
    """A part of `RegionSettings`.

    - `witnesses`: who countersigns the journal over HTTP, split by commas, each its public key, a
      blank and its address; `private_servers` lets them and the authority be in a private network.
    - `timestamp_url`, `timestamp_roots`: an authority of RFC 3161 and the file of its roots in PEM;
      every hour it is asked for a timestamp.
    """

    witnesses: Annotated[tuple[str, ...], NoDecode] = ()
    private_servers: bool = False
    timestamp_url: str | None = Field(default=None, pattern=r"^https?://[^/\s]+\S*$")
    timestamp_roots: Path | None = None

    @field_validator("witnesses", mode="before")
    @classmethod
    def _apart(cls, value: object) -> object:
        return split_commas(value)

    @field_validator("witnesses")
    @classmethod
    def _named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(map(WITNESS.fullmatch, value)):
            raise ValueError("у каждого свидетеля нужны открытый ключ и, через пробел, адрес")
        return value

    @model_validator(mode="after")
    def _authority(self) -> JournalSettings:
        if (self.timestamp_url is None) != (self.timestamp_roots is None):
            raise ValueError("TIMESTAMP_URL и TIMESTAMP_ROOTS нужны вместе")
        return self
