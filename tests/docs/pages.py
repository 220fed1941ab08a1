"""The pages of the documentation that the code itself writes: settings, roles and permissions.

`python -m tests.docs.pages` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr
from pydantic_settings import BaseSettings

from core.kernel.codes import Permission
from core.kernel.environment import FILE, PREFIX
from core.kernel.mailbox import VARIABLES, MailboxSettings
from core.kernel.rules.roles import Role
from core.kernel.settings import DEMO_REGIONS, RegionSettings, Settings
from core.law.rulebook import Rulebook
from core.region.opening import open_region
from tests.docs.guide import DOCS
from tests.docs.words import MAILBOX, PROCESS, REGION

ANY = f"{PREFIX}РЕГИОН_"
TABLES = (
    ("Установка", PREFIX, Settings, PROCESS),
    ("Регион", ANY, RegionSettings, REGION),
    ("Почтовый ящик региона", ANY + VARIABLES, MailboxSettings, MAILBOX),
)
SETTINGS_HEAD = """# Настройки

Настройки берутся из переменных окружения; неизвестное имя `TSUR_*` останавливает запуск и называет
похожее. Вместо РЕГИОН пишется код региона прописными: `TSUR_KURSK_DATABASE_URL`. Право настройкой
не бывает.

Секрет можно положить в файл: рядом с именем указан вариант с `_FILE` (вместо самой переменной, не
рядом с ней), а учётные данные systemd читаются по имени самой переменной.
"""
ROLES_HEAD = """# Роли и права

Что можно, решают назначения справочника: человеку дана роль, роли — права. В API право стоит у
каждого поля и действия (`@needs`), а `Appeal.steps` говорит, что открыто вам сейчас.
"""


def settings_page() -> str:
    """The page of settings, table by table, in the order of the classes."""
    return "\n".join([SETTINGS_HEAD, *(line for one in TABLES for line in _settings(*one))])


def _settings(
    title: str, prefix: str, model: type[BaseSettings], words: Mapping[str, str]
) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| переменная | что это | если не сказано |"
    yield "| --- | --- | --- |"
    secrets: tuple[str, ...] = getattr(model, "secrets", ())
    for name, field in model.model_fields.items():
        variable = f"`{prefix}{name.upper()}`"
        if name in secrets:
            variable += f", `{prefix}{name.upper()}{FILE}`"
        yield f"| {variable} | {words[name]} | {_default(field.default)} |"
    yield ""


def _default(value: object) -> str:
    if isinstance(value, SecretStr) or value in (None, "", ()):
        return "—"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple):
        return f"`{','.join(value)}`"
    return f"`{value}`"


def roles_page(books: Mapping[str, Rulebook], on: date) -> str:
    """The page of roles: what every region has alike, then what each has for itself."""
    roles = {code: {role.key: role for role in book.all(Role, on)} for code, book in books.items()}
    alike = [
        role
        for key, role in next(iter(roles.values())).items()
        if all(_same(role, others.get(key)) for others in roles.values())
    ]
    lines = [ROLES_HEAD, "## Роли, одинаковые в регионах\n", *_roles(alike)]
    for code, own in roles.items():
        others = [role for role in own.values() if role.key not in {one.key for one in alike}]
        if others:
            lines += [f"## Только {code}\n", *_roles(others)]
    lines += ["## Права\n", "| право | что позволяет | кому дано |", "| --- | --- | --- |"]
    for permission in Permission:
        held = {
            r.key for own in roles.values() for r in own.values() if permission in r.permissions
        }
        lines.append(f"| `{permission}` | {permission.label} | {_keys(sorted(held))} |")
    return "\n".join(lines) + "\n"


def _same(role: Role, other: Role | None) -> bool:
    said = other and (other.name, other.reach, other.permissions)
    return said == (role.name, role.reach, role.permissions)


def _roles(roles: list[Role]) -> Iterator[str]:
    yield "| роль | название | что видит | права |"
    yield "| --- | --- | --- | --- |"
    for role in roles:
        held = _keys([str(one) for one in Permission if one in role.permissions])
        yield f"| `{role.key}` | {role.name} | {role.reach.label} | {held} |"
    yield ""


def _keys(keys: list[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys) or "—"


def written(folder: Path, on: date) -> dict[Path, str]:
    """The pages as they should stand, by their files; `folder` is for keys that are thrown away."""
    books = {
        code: open_region(code, Settings(regions=(code,), data_dir=folder)).rules
        for code in DEMO_REGIONS
    }
    return {DOCS / "settings.md": settings_page(), DOCS / "roles.md": roles_page(books, on)}


DAY = date(2026, 3, 2)
"""On which the roles are looked up."""

if __name__ == "__main__":
    with TemporaryDirectory() as name:
        for path, text in written(Path(name), DAY).items():
            path.write_text(text, encoding="utf-8")
