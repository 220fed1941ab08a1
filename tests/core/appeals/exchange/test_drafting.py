"""A mapping drafted out of the file itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.appeals.exchange.drafting import drafted
from core.appeals.exchange.loading import load_mapping
from core.kernel.region import Region


def test_a_drafted_mapping_is_a_mapping(kursk: Region, tmp_path: Path) -> None:
    source = tmp_path / "file.csv"
    source.write_bytes(
        "Журнал\n№ обращения;Источник;Суть обращения;Дата поступления;Вид обращения;Этаж\n"
        "1;Письмо;Яма;18/04/2025 10:15;обращение;3\n".encode("cp866")
    )
    draft = tmp_path / "m.toml"
    text = drafted(source)
    draft.write_text(text, encoding="utf-8")
    columns = (
        "№ обращения",
        "Источник",
        "Суть обращения",
        "Дата поступления",
        "Вид обращения",
        "Этаж",
    )
    mapping = load_mapping(draft, columns, kursk.rules, kursk.now().date())
    assert mapping.columns == {
        "external_id": ("№ обращения",),
        "channel": ("Источник",),
        "text": ("Суть обращения",),
        "received": ("Дата поступления",),
        "regime": ("Вид обращения",),
    }
    assert mapping.dates.patterns == ("%d/%m/%Y %H:%M",)
    assert "разделитель: точка с запятой, заголовок в строке 2; кодировка cp866" in text
    assert '#   "Этаж"' in text
    assert "#   Письмо" in text


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("10.11.2026 10:00", "2026-11-11", "5 ноября"),
         '# Эти даты не читает ни один известный формат: "5 ноября"'),
        (("11.12.2026", "11/12/2026"),
         'dates = ["%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y"]  # форматов несколько: оставьте верные'),
        (("Nov 1",), '# Эти даты не читает ни один известный формат: "Nov 1"'),
        (("10-Nov-2026",), 'dates = ["%d-%b-%Y"]'),
    ],
)  # fmt: skip
def test_a_draft_says_how_dates_are_read(tmp_path: Path, cells: tuple[str, ...], said: str) -> None:
    """What the usual formats read needs none; what none reads is shown."""
    source = tmp_path / "file.csv"
    source.write_text("\n".join(["номер;когда;что", *(f"1;{one};Яма" for one in cells)]), "utf-8")
    lines = drafted(source).splitlines()
    assert [line for line in lines if "dates" in line or "Эти даты" in line] == [said]
    assert {'received = "когда"  # когда поступило', 'text = "что"  # текст'} <= {*lines}


def test_a_nested_value_is_drafted_by_its_own_name(tmp_path: Path) -> None:
    source = tmp_path / "file.json"
    source.write_text('[{"id": 1, "место": {"точка": {"lat": 51.7, "long": 36.1}}}]', "utf-8")
    lines = drafted(source).splitlines()
    assert {
        'latitude = "место.точка.lat"  # широта', 'longitude = "место.точка.long"  # долгота',
    } <= {*lines}  # fmt: skip
