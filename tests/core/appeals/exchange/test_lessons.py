"""What an import teaches: whose fault a row is, in its file's words, and what came in by law."""

from __future__ import annotations

import csv
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from sqlalchemy import select

from core.appeals.exchange.figures import Figures
from core.appeals.exchange.imports import import_file
from core.appeals.exchange.loading import load_mapping
from core.appeals.exchange.rejects import Note
from core.appeals.model import Appeal
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from tests.fixtures.workbook import write_workbook

HEADER = "external_id;channel;text;received;registered;answered;closed;theme;regime;name;contact"
PERSON = "Пробная Анна;+7 900 000-00-01"
Bring = Callable[..., Awaitable[Figures]]


@pytest.fixture
def bring(kursk: Region, tmp_path: Path) -> Bring:
    """Imports these rows, under HEADER, into Kursk."""

    async def run(*rows: str, header: str = HEADER, mapping: str = "") -> Figures:
        path, said = tmp_path / "file.csv", tmp_path / "m.toml"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        said.write_text(mapping, encoding="utf-8")
        return await import_file(
            kursk,
            path,
            mapping=said if mapping else None,
            rejects=tmp_path / "rejects.csv",
            notice=noticed.extend,
        )

    noticed: list[Note] = []
    run.noticed = noticed  # type: ignore[attr-defined]
    return run


async def stored(region: Region, external_id: str) -> Appeal:
    async with region.database.reading() as session:
        query = select(Appeal).where(Appeal.external_id == external_id)
        return (await session.scalars(query)).one()


async def test_the_summary_counts_by_law(kursk: Region, bring: Bring) -> None:
    figures = await bring(
        f"1;letter;Яма;20.02.2026;23.02.2026;;;roads;;{PERSON}",
        f"2;letter;Яма;20.02.2026;24.02.2026;;;;;{PERSON}",
        "3;social-networks;Яма;20.02.2026;;21.02.2026;;roads;;;",
        "4;social-networks;Яма;20.02.2026;;;;;;;",
    )
    async with kursk.database.reading() as session:
        rows = (await session.scalars(select(Appeal))).all()
    tally = figures.tally
    assert (figures.added, tally.appeals, tally.messages) == (4, 2, 2)
    assert (tally.no_theme, tally.warned) == (2, 0)
    assert tally.no_deadline == sum(row.due_at is None for row in rows)
    assert tally.registered_late == 1  # the second: of the fourth the day of receipt is presumed
    again = await bring(f"1;letter;Яма;20.02.2026;23.02.2026;;;roads;;{PERSON}")
    assert (again.known, again.tally.appeals, again.tally.no_theme) == (1, 0, 0)


async def test_all_reasons_of_a_row_and_the_way_back(
    kursk: Region, bring: Bring, tmp_path: Path
) -> None:
    """A file of rejects is corrected and imported as it is; formulas in it are no formulas."""
    figures = await bring(
        "=1+1;pigeon; ;31.02.2026;;вчера;;;;Пробная Анна;+7 900 000-00-01",
        f"2;letter;Яма;20.02.2026;;;;;;{PERSON}",
    )
    assert (figures.added, figures.rejected) == (1, 1)
    path = tmp_path / "rejects.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        (said,) = csv.DictReader(file, delimiter=";")
    assert (said["line"], said["column"]) == ("2", "received, answered, text, channel")
    assert said["code"] == "INVALID, TEXT_EMPTY, UNKNOWN_CHANNEL"
    assert said["reason"].startswith("received: не дата")
    assert (said["external_id"], said["contact"]) == ("'=1+1", "'+7 900 000-00-01")
    corrected = tmp_path / "corrected.csv"
    text = path.read_text(encoding="utf-8-sig").replace(
        "pigeon; ;31.02.2026;;вчера;", "letter;А;20.02.2026;;;"
    )
    corrected.write_text(text, encoding="utf-8-sig")
    second = await import_file(kursk, corrected, rejects=tmp_path / "again.csv")
    assert (second.added, second.rejected) == (1, 0)
    assert (await stored(kursk, "=1+1")).text == "А"


async def test_what_was_noticed_in_records_of_one_line_stays_with_each(
    kursk: Region, tmp_path: Path
) -> None:
    """A list of JSON is often one line: a bad record there hides nothing of the others."""
    path, said = tmp_path / "file.json", {"channel": "letter", "received": "20.02.2026"}
    rows = [
        {"external_id": "1", "text": "Яма", "latitude": "51.7", **said},
        {"external_id": "2", "text": "", **said},
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    figures = await import_file(kursk, path, rejects=tmp_path / "rejects.csv")
    assert (figures.added, figures.rejected, figures.tally.warned) == (1, 1, 1)


async def test_numbers_of_a_book_are_dates_in_its_rejects_too(
    kursk: Region, tmp_path: Path
) -> None:
    path = tmp_path / "file.xlsx"
    header = ["external_id", "channel", "text", "received"]
    write_workbook(
        path, {"Лист": [header, [1, "letter", "Яма", 45971.5], [2, "pigeon", "Яма", 45971]]}
    )
    first = await import_file(kursk, path, rejects=tmp_path / "rejects.csv")
    assert (first.added, first.rejected) == (1, 1)
    assert (await stored(kursk, "1")).received_at == datetime(2025, 11, 10, 9, tzinfo=UTC)
    rejects = tmp_path / "rejects.csv"
    text = rejects.read_text(encoding="utf-8-sig").replace("pigeon", "letter")
    rejects.write_text(text, encoding="utf-8-sig")
    second = await import_file(kursk, rejects, rejects=tmp_path / "again.csv")
    assert (second.added, second.rejected) == (1, 0)
    assert (await stored(kursk, "2")).received_at == datetime(2025, 11, 9, 21, tzinfo=UTC)


async def test_rejects_of_rejects_are_no_wider(kursk: Region, bring: Bring, tmp_path: Path) -> None:
    await bring("1;pigeon;Яма;20.02.2026;;;;;;;")
    source = (tmp_path / "rejects.csv").replace(tmp_path / "first.csv")
    await import_file(kursk, source, rejects=tmp_path / "rejects.csv")
    first, second = (
        p.read_text(encoding="utf-8-sig").splitlines() for p in (source, tmp_path / "rejects.csv")
    )
    assert first == second


@pytest.mark.parametrize(
    ("row", "answered"),
    [
        ("1;letter;Яма;15.01.2026 14:00;15.01.2026;15.01.2026;15.01.2026;;;", "20:59:59"),
        ("1;letter;Яма;15.01.2026 14:00;15.01.2026;15.01.2026;15.01.2026 16:00;;;", "13:00:00"),
        ("1;letter;Яма;15.01.2026;15.01.2026 09:00;15.01.2026 10:00;;;;", "07:00:00"),
    ],
)
async def test_a_day_contradicts_no_moment_of_its_own(
    kursk: Region, bring: Bring, row: str, answered: str
) -> None:
    assert (await bring(row + PERSON)).added == 1
    appeal = await stored(kursk, "1")
    assert appeal.answered_at is not None
    assert appeal.registered_at is not None
    assert appeal.answered_at.time().isoformat() == answered
    assert appeal.received_at <= appeal.registered_at <= appeal.answered_at


async def test_a_day_that_is_not_over_ends_now(kursk: Region, tmp_path: Path) -> None:
    """What was closed today is closed by now; tomorrow the same file is known."""
    path = tmp_path / "file.csv"
    path.write_text(f"{HEADER}\n1;letter;Яма;01.03.2026;;;02.03.2026;;;{PERSON}\n")
    today, tomorrow = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 3))
    early = replace(kursk, clock=lambda: today)
    figures = await import_file(early, path, rejects=tmp_path / "rejects.csv")
    assert (figures.added, (await stored(kursk, "1")).closed_at) == (1, today)
    late = replace(kursk, clock=lambda: tomorrow)
    assert (await import_file(late, path, rejects=tmp_path / "rejects.csv")).known == 1


async def test_a_spoilt_id_is_warned_of(bring: Bring) -> None:
    figures = await bring(f"1,23457E+14;letter;Яма;20.02.2026;;;;;;{PERSON}")
    assert (figures.added, figures.tally.warned) == (1, 1)
    (note,) = bring.noticed  # type: ignore[attr-defined]
    assert note.sentence.startswith("Строка 2, столбец «external_id»: «1,23457E+14»: похоже")


async def test_signs_without_width_make_no_other_id(bring: Bring) -> None:
    row = f"{{}};letter;Яма;20.02.2026;;;;;;{PERSON}"
    assert (await bring(row.format("a1"))).added == 1
    assert (await bring(row.format("\u200ba\u2060 1".replace(" ", "")))).known == 1


@pytest.mark.parametrize("word", ["appeal", "Обращение", "message", "сообщение"])
async def test_the_platform_says_of_each_row_what_it_is(
    kursk: Region, bring: Bring, word: str
) -> None:
    figures = await bring(f"1;feedback-platform;Яма;20.02.2026;;;;;{word};{PERSON}")
    assert figures.added == 1
    expected = "appeal" if word in ("appeal", "Обращение") else "message"
    assert (await stored(kursk, "1")).regime == expected


async def test_what_the_platform_does_not_say_is_asked(bring: Bring, tmp_path: Path) -> None:
    figures = await bring(f"1;feedback-platform;Яма;20.02.2026;;;;;;{PERSON}")
    assert (figures.added, figures.rejected) == (0, 1)
    assert "приходят и те, и другие: ячейка пуста;" in (tmp_path / "rejects.csv").read_text()
    short = HEADER.replace("regime;", "")
    await bring(f"1;feedback-platform;Яма;20.02.2026;;;;;{PERSON}", header=short)
    told = (tmp_path / "rejects.csv").read_text()
    assert "говорит это о каждой строке (поле regime), или скажите это обо всём файле" in told
    whole = '[source]\nchannel = "feedback-platform"\nexternal_id = "external_id"\n[columns]\n'
    whole += 'text = "text"\nreceived = "received"\n'
    with pytest.raises(Refusal, match="Назовите столбец") as refused:
        await bring("1;;Яма;20.02.2026;;;;;;;", mapping=whole)
    assert refused.value.code is RefusalCode.WRONG_MAPPING
    said = await bring(
        "2;;Яма;20.02.2026;;;;;;;", mapping=whole + '[defaults]\nregime = "message"\n'
    )
    assert said.tally.messages == 1


async def test_what_a_mapping_says_of_dates_and_blanks(kursk: Region, bring: Bring) -> None:
    mapping = (
        '[source]\nexternal_id = "Номер"\nchannel = "letter"\nzone = "Asia/Omsk"\n'
        'dates = ["%d/%m/%Y %H:%M", "%d/%m/%Y"]\nblank = ["-", "н/д"]\n'
        '[columns]\ntext = "суть обращения"\nreceived = "Создано"\ntheme = "Тематика"\n'
    )
    header = "Номер;СУТЬ  обращения ;Создано:;тематика"
    figures = await bring(
        "1;Яма;20/02/2026 10:00;н/д", "2;Яма;-;roads", "3;Яма;2026-02-20;-",
        header=header, mapping=mapping,
    )  # fmt: skip
    assert (figures.added, figures.rejected, figures.tally.warned) == (1, 2, 0)
    appeal = await stored(kursk, "1")
    assert (appeal.received_at, appeal.theme) == (datetime(2026, 2, 20, 4, tzinfo=UTC), None)


async def test_a_value_list_may_be_a_book(kursk: Region, bring: Bring, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "channels.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Как слова переводятся"])
        sheet.write_row(1, 0, ["from", "to"])
        sheet.write_row(2, 0, ["Бумажное письмо", "letter"])
    mapping = (
        '[source]\nexternal_id = "Номер"\n[columns]\nchannel = "Канал"\ntext = "Текст"\n'
        'received = "Дата"\n[values.channel]\nfile = "channels.xlsx"\n'
    )
    header = "Номер;Канал;Текст;Дата"
    rows = "1;БУМАЖНОЕ  письмо;Яма;20.02.2026", "2;Голубь;Яма;20.02.2026"
    figures = await bring(*rows, header=header, mapping=mapping)
    assert (figures.added, figures.rejected) == (1, 1)
    assert (await stored(kursk, "1")).channel == "letter"
    told = (tmp_path / "rejects.csv").read_text(encoding="utf-8-sig")
    assert "слова «Голубь» нет в списке channels.xlsx" in told


def test_what_is_wrong_is_said_with_the_columns_and_the_fields(kursk: Region) -> None:
    with pytest.raises(Refusal) as refused:
        load_mapping(None, ("Номер", "Суть"), kursk.rules, kursk.now().date())
    assert "Столбцы файла: «Номер», «Суть»." in refused.value.text
    assert "received (когда поступило)" in refused.value.text


async def test_all_that_nobody_knows_of_one_case_is_dropped(kursk: Region, bring: Bring) -> None:
    """Theme, place and where the author lives: each alone costs nothing, nor do all three."""
    header = "external_id;channel;text;received;theme;municipality;residence_municipality;name"
    row = "1;letter;Яма;20.02.2026;astrology;atlantis;lemuria;Пробная Анна"
    figures = await bring(row, header=header)
    assert (figures.added, figures.rejected, figures.tally.warned) == (1, 0, 3)
    appeal = await stored(kursk, "1")
    assert (appeal.theme, appeal.municipality, appeal.residence_municipality) == (None, None, None)
