"""Refusals are papers: whole sentences of official Russian, without keys of the program."""

from __future__ import annotations

import re
from datetime import date

import pytest

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.act import Clause
from tests.architecture.refusals import SLOT, Said, refusals

LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*")
NAMES = {
    "API", "CSV", "Ed25519", "Fernet", "GET", "GraphQL", "JSON", "ODS", "OIDC", "PEM", "POST",
    "PostgreSQL", "SQLCipher", "SQLite", "UTF-8", "XLS", "http", "https", "XLSX",
}  # fmt: skip
"""Formats, methods and algorithms that have no Russian name."""

OF_THE_OPERATOR = re.compile(
    rf"[A-Z_{SLOT}]*(DATABASE_URL|HOST)\b|TSUR_[A-Z_]+|tsur|--[a-z-]+|https://tsur\.example\.ru"
    r"|=true|\b(backup|keys|migrate|move|renounce|restore|seal|sealed|serve|trust|witness|worker)\b|\.(csv|jsonl|xlsx)|\b\d{4}-Q\d"
)
OF_THE_CALLER = {
    "application/json", "default", "extensions", "first", "last", "operationName",
    "persistedQuery", "query", "sha256Hash", "variables", "version", "Authorization", "Bearer",
    "base64", "receivedFrom", "receivedBefore",
}  # fmt: skip
"""Words that a program sends, named to who wrote it."""

UNFINISHED = re.compile(r"([,;:—-]|\.\.\.|…)$")


@pytest.fixture(scope="module")
def said() -> list[Said]:
    """What the whole code says; read here, not at import: one worker of the tests needs it."""
    return refusals()


def faults(text: str) -> list[str]:
    """What no paper has."""
    found = [f"«{word}»" for word in LATIN.findall(OF_THE_OPERATOR.sub("", text))]
    found = [one for one in found if one.strip("«»./:-") not in NAMES | OF_THE_CALLER]
    if "`" in text:
        found.append("обратная кавычка")
    if UNFINISHED.search(text.strip()) or not text.strip():
        found.append("не кончено")
    first = text.lstrip("«")[:1]
    if not (first == SLOT or first.isupper()):
        found.append("не с заглавной буквы")
    if first != SLOT and len(re.findall(r"\w+", text.replace(SLOT, "x"))) < 2:
        found.append("одно слово")
    return found


def test_every_text_of_a_refusal_is_a_paper(said: list[Said]) -> None:
    assert len(said) > 300
    wrong = {f"{one.where} {one.text}": found for one in said if (found := faults(one.text))}
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Роль `curator` не назначена", "«curator»"),
        ("Обращение в состоянии in_work", "«in_work»"),
        ("Приложите:", "не кончено"),
        ("приложите фотографию", "не с заглавной буквы"),
        ("Нельзя", "одно слово"),
        ("", "не кончено"),
    ],
)
def test_the_faults_are_found(text: str, fault: str) -> None:
    assert fault in faults(text)


def test_a_refusal_ends_with_its_norm() -> None:
    clause = Clause(
        "x.1", "1", "3", "к", "q", "sla", "rule", introduced=date(2026, 1, 1),
        document="{pin} постановления № 1",
    )  # fmt: skip
    assert Refusal(RefusalCode.INVALID, "Так нельзя", clause).sentence == (
        "Так нельзя. Основание: п. 3 постановления № 1."
    )
    assert Refusal(RefusalCode.INVALID, "Так нельзя.").sentence == "Так нельзя."


def test_the_texts_are_read_off_the_code(said: list[Said]) -> None:
    assert any(SLOT in one.text for one in said)
