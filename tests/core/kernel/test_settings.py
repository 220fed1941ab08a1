"""Settings: what may stand, what stops the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import DEMO_REGIONS, RegionSettings, Settings, read_settings


@pytest.fixture(autouse=True)
def _clean(settings: Settings) -> None:
    """Whatever the environment says is set aside."""


def test_the_defaults_need_nothing(settings: Settings) -> None:
    read = read_settings()
    assert read.regions == DEMO_REGIONS
    assert (read.broker_url, read.production, str(read.data_dir)) == (None, False, ".tsur")


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("kursk", ("kursk",)),
        (" kursk , murmansk ,", ("kursk", "murmansk")),
        ("tests.grounds.polygon,mari_el", ("tests.grounds.polygon", "mari_el")),
    ],
)
def test_regions_are_names_split_by_commas(
    text: str, regions: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSUR_REGIONS", text)
    assert read_settings().regions == regions


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TSUR_REGIONS", ""),
        ("TSUR_REGIONS", "kursk,kursk"),
        ("TSUR_REGIONS", "kursk,other.kursk"),
        ("TSUR_REGIONS", "../kursk"),
        ("TSUR_REGIONS", "Kursk"),
        ("TSUR_BROKER_URL", "http://127.0.0.1"),
        ("TSUR_QUEUE_PREFIX", "two words"),
        ("TSUR_WORKER_THREADS", "0"),
        ("TSUR_POLL_SECONDS", "-1"),
        ("TSUR_PUBLIC_URL", "ftp://127.0.0.1"),
        ("TSUR_PUBLIC_URL", "http://127.0.0.1/"),
        ("TSUR_MAX_PAGE", "many"),
        ("TSUR_POOL_SIZE", "0"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(Refusal, match=variable) as refused:
        read_settings()
    assert refused.value.code is RefusalCode.INVALID


def test_a_region_has_settings_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUR_MARI_EL_DATABASE_URL", "postgresql+asyncpg://127.0.0.1/mari_el")
    monkeypatch.setenv("TSUR_MARI_EL_DATA_KEY", "secret")
    own = RegionSettings.of("mari_el")
    assert own.database_url == "postgresql+asyncpg://127.0.0.1/mari_el"
    assert "secret" not in repr(own)
    assert RegionSettings.of("kursk").database_url is None


BEGINS = "адрес должен начинаться с postgresql:// или sqlite:///"
SITE = "нужен адрес сайта без имени с паролем и без того, что стоит после знаков ? и #"
SPELT = "адрес не разбирается: знаки @ : / ? # % в имени и пароле пишут кодами, например %40"


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("postgresql://u:p@h:5433/x", "postgresql+asyncpg://u:p@h:5433/x"),
        ("postgres://u:p%40w@h/x", "postgresql+asyncpg://u:p%40w@h/x"),
        ("postgresql://h/x?sslmode=require", "postgresql+asyncpg://h/x?sslmode=require"),
        ("postgresql+asyncpg://h/x?ssl=true", "postgresql+asyncpg://h/x?sslmode=require"),
        ("postgresql://h/x?gssencmode=disable", "postgresql+asyncpg://h/x"),
        (
            "postgresql://h/x?sslmode=verify-full&sslrootcert=/ca.pem",
            "postgresql+asyncpg://h/x?sslmode=verify-full&sslrootcert=%2Fca.pem",
        ),
        ("sqlite:///var/tsur.db", "sqlite+aiosqlite:///var/tsur.db"),
        (" postgresql://h/x\n", "postgresql+asyncpg://h/x"),
    ],
)
def test_an_address_is_understood_as_people_write_it(
    url: str, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSUR_KURSK_DATABASE_URL", url)
    assert RegionSettings.of("kursk").database_url == read


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://u:Zq9secret@127.0.0.1/x", BEGINS),
        ("kursk.db", BEGINS),
        ("postgresql://u:Zq9secret@127.0.0.1", "в адресе нет имени базы"),
        ("sqlite:///", "в адресе нет файла базы: sqlite:////var/lib/tsur/tsur.db"),
        ("sqlite://", "в адресе нет файла базы: sqlite:////var/lib/tsur/tsur.db"),
        ("sqlite:///:memory:", "в адресе нет файла базы: sqlite:////var/lib/tsur/tsur.db"),
        ("postgresql://u:p@Zq9secret@127.0.0.1/x", SPELT),
        ("postgresql://u:Zq9secret@h:Zq9port/x", SPELT),
        (
            "postgresql://u:Zq9secret@h/x?sslmode=yes",
            "sslmode бывает только одним из: disable, allow, prefer, require, verify-ca, "
            "verify-full",
        ),
    ],
)
def test_a_wrong_address_is_refused_in_a_line_that_quotes_nothing_of_it(
    url: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSUR_KURSK_DATABASE_URL", url)
    with pytest.raises(Refusal) as refused:
        RegionSettings.of("kursk")
    assert refused.value.text == f"Неверные настройки: TSUR_KURSK_DATABASE_URL: {why}"
    assert refused.value.__cause__ is None
    assert "Zq9" not in refused.value.text


@pytest.mark.parametrize(
    "url", ["redis://:Zq9#pass@h:6379/0", "redis://:Zq9@x@h/0", "amqp://u:Zq9?/@h", "redis://h:Zq9"]
)
def test_a_wrong_broker_is_refused_without_a_word_of_its_password(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSUR_BROKER_URL", url)
    with pytest.raises(Refusal) as refused:
        read_settings()
    assert refused.value.text == f"Неверные настройки: TSUR_BROKER_URL: {SPELT}"


@pytest.mark.parametrize(
    ("variable", "value", "why"),
    [
        (
            "TSUR_BROKER_URL",
            "redis://h/abc",
            "после узла стоит номер базы: redis://127.0.0.1:6379/0",
        ),
        ("TSUR_BROKER_URL", "amqp://u@h", "рядом с именем нужен пароль: amqp://имя:пароль@узел"),
        ("TSUR_MAX_PAGE", "0", "нужно число больше 0"),
        ("TSUR_MAX_PAGE", "many", "нужно целое число"),
        ("TSUR_WORKER_THREADS", "65", "нужно число не больше 64"),
        ("TSUR_POLL_SECONDS", "часто", "нужно число"),
        ("TSUR_PRODUCTION", "наверное", "нужно true или false"),
        ("TSUR_TRUSTED_DOCUMENTS", "some", "бывает только: «any» или «only»"),
        (
            "TSUR_REGIONS",
            '["kursk"]',
            'имя региона «["kursk"]» не из строчных латинских букв;'
            " регионы перечисляются через запятую",
        ),
        (
            "TSUR_QUEUE_PREFIX",
            "Ы",
            "нужны строчные латинские буквы, цифры, точка, дефис, подчёркивание",
        ),
        ("TSUR_MAX_SECONDS", "inf", "нужно число не больше 600"),
        (
            "TSUR_METRICS_TOKEN",
            "длинное-слово",
            "нужны латинские буквы, цифры и знаки без пробелов",
        ),
        ("TSUR_PUBLIC_URL", "https://anna:x@tsur.example", SITE),
        ("TSUR_PUBLIC_URL", "https://tsur.example/?a=b", SITE),
        ("TSUR_PUBLIC_URL", "https://tsur.example:port", SITE),
        ("TSUR_OIDC_ISSUER", "https://anna:x@login.example", SITE),
        (
            "TSUR_OIDC_ISSUER",
            "login.example",
            "нужен адрес издателя: https://login.region.example/realms/centre",
        ),
    ],
)
def test_a_fault_is_said_in_russian(
    variable: str, value: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(Refusal) as refused:
        read_settings()
    assert refused.value.text == f"Неверные настройки: {variable}: {why}"


@pytest.mark.parametrize(
    ("variable", "like"),
    [
        ("TSUR_REGION", "; похожая: TSUR_REGIONS"),
        ("TSUR_KURSK_DATABASE", "; похожая: TSUR_KURSK_DATABASE_URL"),
        ("TSUR_KURKS_DATA_KEY", "; похожая: TSUR_KURSK_DATA_KEY"),
        ("TSUR_MAX_PAGE_FILE", "; похожая: TSUR_MAX_PAGE"),
        ("ТSUR_REGIONS", "; похожая: TSUR_REGIONS"),
        ("TSUR-REGIONS", "; похожая: TSUR_REGIONS"),
        ("TSUR_КURSK_DATA_KEY", "; похожая: TSUR_KURSK_DATA_KEY"),
    ],
)
def test_a_name_nobody_reads_stops_the_start_and_the_nearest_is_named(
    variable: str, like: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "x")
    with pytest.raises(Refusal) as refused:
        read_settings()
    assert refused.value.text == f"Настройки {variable} нет{like}"


MAIL = {"SMTP_HOST": "127.0.0.1", "MAIL_FROM": "a@example.org", "SMTP_USER": "a"}


def test_every_secret_is_taken_from_a_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for model, prefix in ((Settings, "TSUR_"), (RegionSettings, "TSUR_KURSK_")):
        for name in model.secrets:
            file = tmp_path / name
            file.write_text(
                {"broker_url": "redis://h", "database_url": "postgres://h/x"}.get(name, name) + "\n"
            )
            monkeypatch.setenv(f"{prefix}{name.upper()}_FILE", str(file))
    for name, beside in MAIL.items():  # a password of mail stands beside its name and server
        monkeypatch.setenv(f"TSUR_KURSK_{name}", beside)
    assert read_settings().broker_url == "redis://h"
    own = RegionSettings.of("kursk")
    assert own.database_url == "postgresql+asyncpg://h/x"
    assert own.data_key is not None
    assert own.signing_key is not None
    assert own.data_key.get_secret_value() == "data_key"
    assert own.signing_key.get_secret_value() == "signing_key"


def test_systemd_hands_secrets_over_by_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "TSUR_KURSK_DATABASE_URL").write_text("postgresql://h/x", "utf-8-sig")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert RegionSettings.of("kursk").database_url == "postgresql+asyncpg://h/x"
    assert RegionSettings.of("murmansk").database_url is None


def test_a_secret_file_that_is_not_there_or_empty_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").write_text(" \n")
    for path, why in (("/nowhere/key", "файл не читается (такого нет)"), ("empty", "файл пуст")):
        monkeypatch.setenv("TSUR_KURSK_DATA_KEY_FILE", str(tmp_path / path))
        with pytest.raises(Refusal) as refused:
            RegionSettings.of("kursk")
        assert refused.value.text == f"TSUR_KURSK_DATA_KEY_FILE: {why}"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, True),
        ({"production": True}, False),
        ({"production": True, "introspection": True, "graphiql": True}, True),
        ({"introspection": False, "graphiql": False}, False),
    ],
)
def test_production_shows_nothing_that_is_not_asked_for(
    given: dict[str, bool], shown: bool
) -> None:
    settings = Settings(**given)  # type: ignore[arg-type]
    assert settings.shows(settings.introspection) is shown
    assert settings.shows(settings.graphiql) is shown
