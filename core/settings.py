"""Settings from the environment: where things are and how many, never what the law says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEMO_REGIONS = ("murmansk", "kursk", "mari_el", "chelyabinsk")


class Settings(BaseSettings):
    """The process: `TSUR_*`. Every default needs nothing but Python."""

    model_config = SettingsConfigDict(env_prefix="TSUR_", frozen=True)

    regions: Annotated[tuple[str, ...], NoDecode] = DEMO_REGIONS
    data_dir: Path = Path(".tsur")
    production: bool = False
    broker_url: str | None = None
    oidc_issuer: str | None = None
    oidc_audience: str | None = None
    public_url: str = "http://127.0.0.1:8000"
    introspection: bool = True
    graphiql: bool = True
    max_body_bytes: int = Field(1_000_000, gt=0)
    max_depth: int = Field(14, gt=0)
    max_aliases: int = Field(30, ge=0)
    max_fields: int = Field(1_000, gt=0)
    max_tokens: int = Field(4_000, gt=0)
    max_page: int = Field(200, gt=0)
    max_seconds: float = Field(15.0, gt=0)
    pool_size: int = Field(10, gt=0)

    @field_validator("regions", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(name.strip() for name in value.split(",") if name.strip())
        return value


class RegionSettings(BaseSettings):
    """One region: `TSUR_<CODE>_*`, for instance TSUR_KURSK_DATABASE_URL."""

    model_config = SettingsConfigDict(frozen=True)

    database_url: str | None = None
    data_key: SecretStr | None = None
    signing_key_file: Path | None = None

    @classmethod
    def of(cls, code: str) -> RegionSettings:
        """Read the settings of the region with this code."""
        return cls(_env_prefix=f"TSUR_{code.upper()}_")  # type: ignore[call-arg]
