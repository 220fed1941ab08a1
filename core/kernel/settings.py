"""Settings from the environment: where things are and how many, never what the law says.

Every setting has a default that needs nothing but Python; a wrong value stops the start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import NoDecode, SettingsConfigDict

from core.db.address import understood
from core.kernel.environment import PREFIX, WithSecrets, known_names, refused, require_known
from core.kernel.journal_settings import JournalSettings, networks, split_commas
from core.kernel.mailbox import VARIABLES, MailboxSettings
from core.kernel.spelling import HOST, SPELT, folder, origins


def _installed() -> tuple[str, ...]:
    """The regions in the folder `plugins`: each package there is one."""
    spec = find_spec("plugins")
    folders = (spec and spec.submodule_search_locations) or ()
    return tuple(module.name for module in iter_modules(folders) if module.ispkg)


DEMO_REGIONS = _installed()
REGION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
MAILBOX = r"^[A-Za-z0-9.!#$%&'*/=?^_`{|}~-]{1,40}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
"""An address of our own: a token goes between its name and the domain."""

RATE = r"^(off|[1-9]\d{0,6}/(second|minute|hour))$"


class Settings(WithSecrets):
    """The process: `TSUR_*`.

    - `regions`: names of regions split by commas; a dotted name is a module of its own.
    - `data_dir`: all state of the embedded default: databases, keys.
    - `production`: no demo tokens, tokens come from the issuer alone; `introspection` and
      `graphiql` are off unless they are asked for.
    - `broker_url`: Redis or RabbitMQ; without it `tsur serve` sees to its jobs itself.
    - `jobs`: without a broker, `apart` runs jobs in a process beside `tsur serve`, `here` in its
      own, `off` nowhere.
    - `queue_prefix`: what names of queues begin with, where installations share a broker.
    - `worker_threads`, `poll_seconds`: jobs at once in a worker; how often the queue is read.
    - `oidc_issuer`, `oidc_audience`: who signs tokens, and for whom.
    - `oidc_client`, `oidc_client_secret`: as whom the board asks; no secret: PKCE protects it.
    - `public_url`: what links to citizens begin with; production has no default for it.
    - `cors_origins`: pages of these origins, split by commas, may read answers; none by default.
    - `introspection`, `graphiql`: whether the schema can be asked for; whether browsers get a page.
    - `metrics_token`: who reads `/metrics` shows it as a bearer's; production shows none without.
    - `logs`: `plain` warns people, `json` has a line for each request and job, as in production.
    - `max_*`: limits of one request; `max_page` rows of a list, `max_seconds` of work.
    - `rate_actor`, `rate_address`: how often somebody with a token may ask, and an address without;
      `rate_logins`, `rate_links`: how many wrong tokens and wrong links an address may try. As
      `600/minute`; `off` is without a limit, as all are by default but in production.
    - `trusted_proxies`: addresses and networks, split by commas, whose word on the client's holds.
    - `max_connections`, `header_seconds`, `idle_seconds`: connections at once, how long a request's
      head may take, how long a connection waits for the next request.
    - `pool_size`: connections to a region's database.
    - `seal_texts`: whether databases of SQLite are sealed as a whole by a key of the region.
    - `trusted_documents`: `only` runs registered operations alone: the product's own and the
      `*.graphql` files of `operations_dir`.
    - `docs_dir`: where the built documentation lies; unsaid, where `make docs` puts it.
    - `session_minutes`, `session_hours`: when a session of the board ends unused, and in any case.
    - `actor_seconds`: how long what a token's bearer may do is remembered; 0 asks every time.
    - `witness_name`: the name under which journals of others are countersigned over HTTP; without
      it nobody's are.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)
    secrets: ClassVar[tuple[str, ...]] = ("broker_url", "metrics_token", "oidc_client_secret")

    regions: Annotated[tuple[str, ...], NoDecode] = DEMO_REGIONS
    data_dir: Path = Path(".tsur")
    production: bool = False
    broker_url: str | None = Field(default=None, repr=False)
    jobs: Literal["apart", "here", "off"] = "apart"
    queue_prefix: str = Field(default="tsur", pattern=r"^[a-z0-9_.-]+$")
    worker_threads: int = Field(default=4, gt=0, le=64)
    poll_seconds: float = Field(default=1.0, gt=0, le=60)
    oidc_issuer: str | None = Field(default=None, pattern=r"^https?://[^/\s]+\S*$")
    oidc_audience: str | None = Field(default=None, min_length=1)
    oidc_client: str = Field(default="tsur-board", min_length=1)
    oidc_client_secret: SecretStr | None = None
    public_url: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/]+.*[^/]$")
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    introspection: bool | None = None
    graphiql: bool | None = None
    metrics_token: SecretStr | None = Field(default=None, min_length=12)
    logs: Literal["plain", "json"] | None = None
    max_body_bytes: int = Field(default=1_000_000, gt=0)
    max_depth: int = Field(default=16, gt=0)
    max_aliases: int = Field(default=30, ge=0)
    max_directives: int = Field(default=50, ge=0)
    max_fields: int = Field(default=1_000, gt=0)
    max_cost: int = Field(default=100_000, gt=0)
    max_tokens: int = Field(default=4_000, gt=0)
    max_page: int = Field(default=200, gt=0)
    max_seconds: float = Field(default=15.0, gt=0, le=600)
    rate_actor: str | None = Field(default=None, pattern=RATE)
    rate_address: str | None = Field(default=None, pattern=RATE)
    rate_logins: str | None = Field(default=None, pattern=RATE)
    rate_links: str | None = Field(default=None, pattern=RATE)
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    max_connections: int = Field(default=2_000, gt=0)
    header_seconds: float = Field(default=10.0, gt=0, le=600)
    idle_seconds: int = Field(default=30, gt=0, le=3_600)
    pool_size: int = Field(default=10, gt=0)
    seal_texts: bool = False
    trusted_documents: Literal["any", "only"] = "any"
    operations_dir: Path | None = None
    docs_dir: Path | None = None
    session_minutes: int = Field(default=30, ge=5, le=480)
    session_hours: int = Field(default=12, ge=1, le=24)
    actor_seconds: float = Field(default=3.0, ge=0, le=60)
    witness_name: str | None = Field(default=None, pattern=r"^[A-Za-z0-9./_-]{1,100}$")

    @property
    def structured_logs(self) -> bool:
        """Whether lines of the log are for machines."""
        return self.production if self.logs is None else self.logs == "json"

    def shows(self, said: bool | None) -> bool:
        """Whether there is something to look at for who builds with it: unless in production."""
        return not self.production if said is None else said

    @field_validator("regions", "cors_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return split_commas(value)

    @field_validator("regions")
    @classmethod
    def _named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        codes = [name.rpartition(".")[2] for name in value]
        if not value or len(set(codes)) != len(codes):
            raise ValueError("нужен хотя бы один регион, и каждый по одному разу")
        for name in value:
            if not REGION.fullmatch(name):
                raise ValueError(
                    f"имя региона «{name}» не из строчных латинских букв;"
                    " регионы перечисляются через запятую"
                )
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return networks(value)

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return origins(value)

    @field_validator("data_dir", "operations_dir", "docs_dir")
    @classmethod
    def _folder(cls, value: Path | None, said: ValidationInfo) -> Path | None:
        return folder(value, yet_to_come=said.field_name == "data_dir")

    @field_validator(*SPELT)
    @classmethod
    def _spelt(cls, value: Any, said: ValidationInfo) -> Any:
        return None if value is None else SPELT[str(said.field_name)](value)


class RegionSettings(JournalSettings):
    """One region: `TSUR_<CODE>_*`, for instance TSUR_<CODE>_DATABASE_URL.

    - `database_url`: SQLite or PostgreSQL; a file under `data_dir` by default.
    - `pooled`: whether PgBouncer in transaction mode stands before the server.
    - `data_key`: Fernet keys of personal data split by commas, the first one seals.
    - `signing_key`: Ed25519 keys in PEM one after another: the first, a private one, signs, the
      others (former ones, public is enough) still check. Usually TSUR_<CODE>_SIGNING_KEY_FILE.
    Keys that are not given are made once under `data_dir`; in production by `tsur migrate` alone.

    - `smtp_host`, `smtp_port`, `smtp_tls`: the relay that takes letters; without it none are sent.
      TLS by STARTTLS, from the first byte (`implicit`) or `none`, for a relay on this machine.
    - `smtp_user`, `smtp_password`: where the relay asks who sends.
    - `mail_from`, `mail_return`: the address that letters are from, and the one that returns and
      replies come to, with a token of each letter after a plus; the same where it is not given.
    - `mail_channels`: keys of channels, split by commas, whose notices go by e-mail.
    - `recall_minutes`: how long a signed answer waits before it leaves, so that it can be taken
      back; on the last day of its term it does not wait.
    - `file_max_bytes`, `case_max_bytes`, `case_max_files`: how large one attachment may be, how
      large and how many all of a case.
    - `clamd`, `clamd_seconds`: where the antivirus listens, host:port or unix:/path, and how long
      one answer of it may take; without it every attachment stays unchecked.
    - `clamd_max_bytes`: the least of StreamMaxLength, MaxFileSize and MaxScanSize of its own
      settings; a larger file is unchecked.
    """

    model_config = SettingsConfigDict(frozen=True)
    secrets: ClassVar[tuple[str, ...]] = (
        "database_url", "data_key", "signing_key", "smtp_password",
    )  # fmt: skip

    database_url: str | None = Field(default=None, repr=False)
    pooled: bool = False
    data_key: SecretStr | None = None
    signing_key: SecretStr | None = None
    smtp_host: str | None = Field(default=None, pattern=HOST)
    smtp_port: int = Field(default=587, gt=0, lt=65_536)
    smtp_tls: Literal["starttls", "implicit", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    mail_from: str | None = Field(default=None, pattern=MAILBOX)
    mail_return: str | None = Field(default=None, pattern=MAILBOX)
    mail_channels: Annotated[tuple[str, ...], NoDecode] = ("e-mail",)
    recall_minutes: int = Field(default=5, ge=0, le=60)
    file_max_bytes: int = Field(default=50_000_000, gt=0, le=2_000_000_000)
    case_max_bytes: int = Field(default=500_000_000, gt=0)
    case_max_files: int = Field(default=200, gt=0, le=10_000)
    clamd: str | None = Field(default=None, pattern=r"^(unix:/.+|[A-Za-z0-9.:_-]+:\d{1,5})$")
    clamd_seconds: float = Field(default=60.0, gt=0, le=600)
    clamd_max_bytes: int = Field(default=25_000_000, gt=0)

    @property
    def mails(self) -> bool:
        """Whether letters go by e-mail at all."""
        return self.smtp_host is not None

    @field_validator("mail_channels", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return split_commas(value)

    @model_validator(mode="after")
    def _sender(self) -> RegionSettings:
        if self.mails and self.mail_from is None:
            raise ValueError("рядом с SMTP_HOST нужен MAIL_FROM: адрес, от которого идут письма")
        if self.smtp_user is not None and self.smtp_password is None:
            raise ValueError("рядом с SMTP_USER нужен SMTP_PASSWORD")
        if self.smtp_password is not None and self.smtp_user is None:
            raise ValueError("рядом с SMTP_PASSWORD нужен SMTP_USER: без имени пароль не спросят")
        if self.smtp_user is not None and not self.mails:
            raise ValueError("рядом с SMTP_USER нужен SMTP_HOST: без сервера письма не уходят")
        return self

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str | None) -> str | None:
        return None if value is None else understood(value)

    @classmethod
    def of(cls, code: str) -> RegionSettings:
        """The settings of the region; Refusal(INVALID) names the variables that cannot stand."""
        prefix = prefix_of(code)
        try:
            return cls(_env_prefix=prefix)  # type: ignore[call-arg]
        except ValidationError as error:
            raise refused(error, prefix) from None


def prefix_of(code: str) -> str:
    """What the names of a region's settings begin with."""
    return f"{PREFIX}{code.rpartition('.')[2].upper()}_"


def read_settings() -> Settings:
    """The settings of this process; Refusal(INVALID) names the variables that cannot stand."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise refused(error, PREFIX) from None
    require_known(_names((*settings.regions, *DEMO_REGIONS)))
    return settings


def _names(regions: Iterable[str]) -> set[str]:
    """The variables of the process and of these regions."""
    own = known_names(Settings, PREFIX, Settings.secrets)
    for code in regions:
        prefix = prefix_of(code)
        own |= known_names(RegionSettings, prefix, RegionSettings.secrets)
        own |= known_names(MailboxSettings, prefix + VARIABLES, MailboxSettings.secrets)
    return own
