"""Settings: what may stand, what stops the start."""

from __future__ import annotations

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


@pytest.mark.parametrize("url", ["mysql://127.0.0.1/x", "postgresql://127.0.0.1/x", "kursk.db"])
def test_only_two_databases_are_known(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUR_KURSK_DATABASE_URL", url)
    with pytest.raises(ValueError, match="sqlite"):
        RegionSettings.of("kursk")
