"""Settings of a region's servers elsewhere: who countersigns its journal, who says when it was so.

Where messages of webhooks may go stands here too.
"""

from __future__ import annotations

import re
from ipaddress import ip_network
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


def networks(given: tuple[str, ...]) -> tuple[str, ...]:
    """Addresses and networks as they are given; ValueError names one that is none."""
    for one in given:
        try:
            ip_network(one)
        except ValueError:
            raise ValueError(f"«{one}» не адрес и не сеть") from None
    return given


class JournalSettings(WithSecrets):
    """A part of `RegionSettings`.

    - `witnesses`: who countersigns the journal over HTTP, split by commas, each its public key, a
      blank and its address; `private_servers` lets them and the authority be in a private network.
    - `timestamp_url`, `timestamp_roots`: an authority of RFC 3161 and the file of its roots in PEM;
      every hour it is asked for a timestamp.
    - `webhook_networks`: networks of our own, split by commas, into which messages of webhooks go
      too, in the open as well; without them only to public addresses, by https.
    """

    witnesses: Annotated[tuple[str, ...], NoDecode] = ()
    private_servers: bool = False
    timestamp_url: str | None = Field(default=None, pattern=r"^https?://[^/\s]+\S*$")
    timestamp_roots: Path | None = None
    webhook_networks: Annotated[tuple[str, ...], NoDecode] = ()

    @field_validator("witnesses", "webhook_networks", mode="before")
    @classmethod
    def _apart(cls, value: object) -> object:
        return split_commas(value)

    @field_validator("witnesses")
    @classmethod
    def _named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(map(WITNESS.fullmatch, value)):
            raise ValueError("у каждого свидетеля нужны открытый ключ и, через пробел, адрес")
        return value

    @field_validator("webhook_networks")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return networks(value)

    @model_validator(mode="after")
    def _authority(self) -> JournalSettings:
        if (self.timestamp_url is None) != (self.timestamp_roots is None):
            raise ValueError("TIMESTAMP_URL и TIMESTAMP_ROOTS нужны вместе")
        return self
