"""The region's own act, read from the data file beside this chapter."""

from pathlib import Path

from core.api import hookimpl
from core.law.act import Act

ACT = Act.load(Path(__file__).with_name("act.toml"))


@hookimpl
def acts() -> tuple[Act, ...]:
    """The act that the chapters of this region cite."""
    return (ACT,)
