"""Settings that cannot stand together, or in production, stop the start with one Russian line."""

from __future__ import annotations

import pytest

from tests.core.commands.conftest import Run

SECRET = "Zq9secret"
LINES = [
    (
        {
            "TSUR_PRODUCTION": "true",
            "TSUR_OIDC_ISSUER": "http://127.0.0.1:1",
            "TSUR_PUBLIC_URL": "http://tsur.example.ru",
        },
        "В промышленной установке TSUR_PUBLIC_URL начинается с https://: ссылку, которая "
        "открывает обращение, по http прочтёт любой на её пути (INVALID)",
    ),
    (
        {"TSUR_POLYGON_SMTP_PASSWORD": SECRET},
        "Неверные настройки: TSUR_POLYGON_*: рядом с SMTP_PASSWORD нужен SMTP_USER: без имени "
        "пароль не спросят (INVALID)",
    ),
    (
        {"TSUR_POLYGON_SMTP_PASSWORD": SECRET, "TSUR_POLYGON_SMTP_USER": "tsur"},
        "Неверные настройки: TSUR_POLYGON_*: рядом с SMTP_USER нужен SMTP_HOST: без сервера "
        "письма не уходят (INVALID)",
    ),
    (
        {"TSUR_POLYGON_DATABASE_URL_FILE": " "},
        "TSUR_POLYGON_DATABASE_URL_FILE: файл не назван (INVALID)",
    ),
    (
        {"TSUR_POLYGON_DATABASE_URL": f"postgresql://anna@127.0.0.1:1/x\n{SECRET}"},
        "Неверные настройки: TSUR_POLYGON_DATABASE_URL: в адресе больше одной строки (INVALID)",
    ),
    (
        {"TSUR_BROKER_URL": f"redis://127.0.0.1:1/0\n{SECRET}"},
        "Неверные настройки: TSUR_BROKER_URL: в адресе больше одной строки (INVALID)",
    ),
]


@pytest.mark.parametrize(("given", "line"), LINES, ids=range(len(LINES)))
def test_the_line(start: Run, given: dict[str, str], line: str) -> None:
    code, out, err = start(given)
    assert (code, out, err) == (1, "", f"{line}\n")
    assert SECRET not in err
