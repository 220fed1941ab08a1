"""What a check of the installation finds, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from core.law.russian import Code
from core.region.upkeep.states import State


class Matter(Code):
    """What is checked."""

    SETTINGS = "settings", "настройки"
    ISSUER = "issuer", "сервер входа"
    BROKER = "broker", "брокер заданий"
    DISK = "disk", "диск"
    LAW = "law", "свод правил"
    DATABASE = "database", "база"
    MIGRATIONS = "migrations", "миграции"
    KEYS = "keys", "ключи"
    BACKUP = "backup", "копия"
    DOORS = "doors", "двери"
    QUEUE = "queue", "очередь заданий"
    CLOCK = "clock", "часы"
    CALENDAR = "calendar", "календарь"
    CLASSIFIER = "classifier", "классификатор"
    MAIL = "mail", "почта"
    ADMINISTRATOR = "administrator", "администратор"
    MAILBOX = "mailbox", "почтовый ящик"
    ANTIVIRUS = "antivirus", "антивирус"


@dataclass(frozen=True, slots=True)
class Finding:
    """One of them; `text` says what there is and, where it is not well, what to do."""

    matter: Matter
    state: State
    text: str
    region: str | None = None

    @property
    def line(self) -> str:
        """As people read it."""
        where = f"{self.region}: " if self.region else ""
        return f"{where}{self.matter.label} … {self.state.label}: {self.text}"


def document(findings: Iterable[Finding]) -> dict[str, object]:
    """As programs read it: whether all is well, then every check."""
    told = [asdict(one) for one in findings]
    return {"ok": all(one["state"] == State.WELL for one in told), "checks": told}
