"""Settings of the mailbox to which citizens write."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from core.kernel.environment import WithSecrets, refused
from core.kernel.spelling import HOST

VARIABLES = "MAILBOX_"
"""What its variables begin with, behind the region's own prefix."""


class MailboxSettings(WithSecrets):
    """The mailbox to which citizens write: `TSUR_<CODE>_MAILBOX_*`. Without a host there is none.

    - `host`, `port`, `tls`: the IMAP server; `none` is for this machine alone.
    - `user`, `password`: whom it lets in; usually TSUR_<CODE>_MAILBOX_PASSWORD_FILE.
    - `folder`: what is read; nothing in it is ever deleted.
    - `done`: the folder to which a letter is moved once it is stored; unset, it is marked as read.
    - `since`: letters that came before this day stay where they are.
    - `own`: addresses and domains from which we write ourselves, split by commas.
    - `max_bytes`: of a larger letter the headers alone are kept, and an incident says so.
    - `seconds`: how often it is read; `timeout` how long one answer of the server may take.
    """

    model_config = SettingsConfigDict(frozen=True)
    secrets: ClassVar[tuple[str, ...]] = ("password",)

    host: str | None = Field(default=None, pattern=HOST)
    port: int = Field(default=993, gt=0, le=65_535)
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    user: str = ""
    password: SecretStr = SecretStr("")
    folder: str = "INBOX"
    done: str | None = None
    since: date | None = None
    own: Annotated[tuple[str, ...], NoDecode] = ()
    max_bytes: int = Field(default=50_000_000, gt=0, le=200_000_000)
    seconds: float = Field(default=60.0, ge=1, le=3_600)
    timeout: float = Field(default=60.0, gt=0, le=600)

    @field_validator("own", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(name.strip().lower() for name in value.split(",") if name.strip())
        return value

    @model_validator(mode="after")
    def _whose(self) -> MailboxSettings:
        if self.host is not None and not self.user:
            raise ValueError("рядом с HOST нужен USER: чей это ящик")
        return self

    @classmethod
    def of(cls, region: str) -> MailboxSettings:
        """Those of the region whose variables begin so, as `prefix_of` says it.

        Refusal(INVALID) names the variables that cannot stand.
        """
        prefix = region + VARIABLES
        try:
            return cls(_env_prefix=prefix)  # type: ignore[call-arg]
        except ValidationError as error:
            raise refused(error, prefix) from None

    @property
    def name(self) -> str:
        """The folder with whose it is, as letters remember it."""
        return f"{self.user}@{self.host}/{self.folder}"

    @property
    def ours(self) -> tuple[str, ...]:
        """Addresses and domains of our own, the mailbox's among them."""
        return (*self.own, self.user.lower()) if "@" in self.user else self.own
