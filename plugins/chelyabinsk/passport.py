"""The region's card and its municipalities."""

from pathlib import Path

from core.api import Municipality, Passport, Rule, hookimpl, load_municipalities
from plugins.chelyabinsk.acts import ACT

MUNICIPALITIES = Path(__file__).with_name("municipalities.csv")
DIRECTORY = Path(__file__).with_name("directory.csv")


def _passports() -> tuple[Passport, ...]:
    """The centre under the name that the act gives it (R43)."""
    return (
        Passport(
            "region",
            name="Челябинская область",
            centre="Центр управления регионом Челябинской области",
            centre_short="ЦУР",
            subject="74",
            timezone="Asia/Yekaterinburg",
            number_prefix="74",
            clause=ACT.cite("rasp.1"),
        ),
    )


def _municipalities() -> tuple[Municipality, ...]:
    """The municipalities of which the act speaks; the file beside this chapter lists them."""
    return load_municipalities(MUNICIPALITIES, ACT.cite("rasp.6"))


@hookimpl
def directories() -> tuple[Path, ...]:
    """The bodies that the act does not name, from open sources."""
    return (DIRECTORY,)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_passports(),
        *_municipalities(),
    )
