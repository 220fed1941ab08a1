"""09:20: letters from paper are typed in; their twins and their way stand beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.monday.conftest import CLERK, COORDINATOR, Office
from tests.fixtures import files as made

TEXT = "На Полевой, у дома 7, яма в асфальте: колесо пробило."
LARGE = 30_000_000


async def test_twins_and_the_way_stand_beside_while_one_types(office: Office) -> None:
    """Nothing moves under the hands: the form keeps the focus and what is in it."""
    twin = await office.arrives(1, theme="roads", address="Полевая улица, 7")
    clerk = await office.sit(COORDINATOR)
    await clerk.go("intake")
    await clerk.fill("#f-text", TEXT)
    await clerk.do("choose", what="#f-theme", value="Дороги")
    await clerk.fill("#f-address", "ул. Полевая, д. 7")
    await clerk.do("press", key="Tab")
    await clerk.appears(f"#beside >> text={twin.number}")
    assert "В очередь координатора" in await clerk.tree("#beside")
    assert await clerk.do("value", what="#f-text") == TEXT
    assert (await clerk.focus()).startswith("input ")
    await clerk.quiet()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
async def test_a_refusal_keeps_the_text_and_has_the_focus(office: Office, scripts: bool) -> None:
    clerk = await office.sit(COORDINATOR, scripts=scripts)
    await clerk.go("intake")
    await clerk.fill("#f-text", TEXT)
    await clerk.fill("#f-receivedAt", "2026-03-05T10:00")
    await clerk.follow("main button.main")
    assert (await clerk.do("title")).startswith("Ошибка: ")
    assert await clerk.do("value", what="#f-text") == TEXT
    assert await clerk.do("value", what="#f-receivedAt") == "2026-03-05T10:00"
    if scripts:
        assert await clerk.focus() == "div Не принято"
    await clerk.fill("#f-receivedAt", "2026-03-02T10:00")
    await clerk.follow("main button.main")
    assert (await clerk.heading()).startswith("ПЛ-2026-")
    assert TEXT in await clerk.tree()
    await clerk.quiet()


@pytest.mark.parametrize("width", [1280, 768, 320])
async def test_a_word_without_an_end_runs_out_of_no_page(office: Office, width: int) -> None:
    """An address of the net in place of a street: pages stay as wide as the window."""
    place = "Полевая улица, 7 https://" + "карта" * 40
    twin = await office.arrives(1, theme="roads", address=place)
    clerk = await office.sit(COORDINATOR, width=width)
    for page in (f"appeals/{twin.number}", f"appeals?text={'щ' * 200}"):
        assert await clerk.go(page) == 200
        assert not await clerk.do("sideways")
    await clerk.go("intake")
    await clerk.fill("#f-text", TEXT)
    await clerk.do("choose", what="#f-theme", value="Дороги")
    await clerk.fill("#f-address", place)
    await clerk.do("press", key="Tab")
    await clerk.appears(f"#beside >> text={twin.number}")
    assert not await clerk.do("sideways")
    await clerk.quiet()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
async def test_a_large_file_is_not_checked_while_the_antivirus_is_silent(
    office: Office, scripts: bool, tmp_path: Path
) -> None:
    appeal = await office.accepted()
    file = tmp_path / "Смета ремонта.pdf"
    file.write_bytes(made.PDF + b"0" * LARGE)
    clerk = await office.sit(CLERK, scripts=scripts)
    await clerk.go(f"appeals/{appeal.number}/files")
    await clerk.do("put", what="#f-file", file=str(file))
    await clerk.follow("main button.main")
    told = await clerk.tree()
    assert "Смета ремонта.pdf" in told
    assert "30 МБ" in told
    assert "не проверен" in told
    assert await clerk.do("count", what="input[name=reason]") == 1
    await clerk.quiet()
