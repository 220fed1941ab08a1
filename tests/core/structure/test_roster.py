"""The directory out of tables: every line told, all of them kept or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from sqlalchemy import select

from core.directory.model import Appointment, Body, BodyTheme, Person, Position
from core.directory.service import actor_of
from core.kernel.access import ANONYMOUS, system
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.rules.roles import Role
from core.structure.roster.report import NotKept, Report
from core.structure.roster.service import load_roster
from core.structure.roster.tables import read_tables
from tests.fixtures.centre import Centre, open_centre
from tests.fixtures.workbook import write_workbook

TODAY = date(2026, 3, 2)
WRITTEN = (Body, Position, Person, Appointment, JournalEntry)
BOOK: Mapping[str, Sequence[Sequence[str]]] = {
    "Органы": [
        ("Ключ", "Название", "Вид", "Вышестоящий орган"),
        ("roads-office", "Управление дорог", "subordinate", "committee-transport-roads"),
    ],
    "Люди": [
        ("Логин", "ФИО", "Должность", "Ранг", "Орган"),
        ("ivanova", "Иванова Анна Петровна", "Заместитель", "body-deputy-head",
         "committee-transport-roads"),
        ("petrov", "Петров Пётр Ильич", "Специалист", "Сотрудник", "roads-office"),
        ("robot", "Приём портала", "", "", ""),
    ],
    "Назначения": [
        ("Логин", "Роль", "Блоки", "Основание", "С"),
        ("ivanova", "block-responsible", "roads", "Распоряжение от 01.02.2026 № 5-р", "01.02.2026"),
        ("petrov", "body-official", "", "Приказ от 02.02.2026 № 7", "2026-02-02"),
        ("robot", "channel-adapter", "", "Приказ от 02.02.2026 № 8", ""),
    ],
}  # fmt: skip


async def load(region: Region, path: Path, *, dry_run: bool = False) -> Report:
    try:
        async with region.work(system()) as work:
            return await load_roster(work, read_tables(path), dry_run=dry_run)
    except NotKept as end:
        return end.report


@pytest.fixture
async def centre(kursk: Region) -> Centre:
    return await open_centre(kursk)


async def test_a_workbook_fills_the_centre(centre: Centre, tmp_path: Path) -> None:
    kursk, path = centre.region, write_workbook(tmp_path / "book.xlsx", BOOK)
    before = await centre.rows(*WRITTEN)
    tried = await load(kursk, path, dry_run=True)
    assert [line.text for line in tried.lines if line.wrong] == []
    assert await centre.rows(*WRITTEN) == before
    report = await load(kursk, path)
    assert [line.text for line in report.lines] == [line.text for line in tried.lines]
    assert [line.text for line in report.lines] == [
        "лист «Органы», строка 2: органы: roads-office: внесено",
        "лист «Люди», строка 2: должности: Заместитель: внесено",
        "лист «Люди», строка 3: должности: Специалист: внесено",
        "лист «Люди», строка 2: люди: ivanova: внесено",
        "лист «Люди», строка 3: люди: petrov: внесено",
        "лист «Люди», строка 4: люди: robot: внесено",
        "лист «Назначения», строка 2: назначения: ivanova — block-responsible: внесено",
        "лист «Назначения», строка 3: назначения: petrov — body-official: внесено",
        "лист «Назначения», строка 4: назначения: robot — channel-adapter: внесено",
    ]
    held = {}
    for subject in ("ivanova", "petrov", "robot"):
        actor = await actor_of(kursk.database, subject, TODAY, kursk.rules)
        held[subject] = [(g.role, sorted(g.scope.blocks or ())) for g in actor.grants]
    assert held == {
        "ivanova": [("block-responsible", ["roads"])],
        "petrov": [("body-official", [])],
        "robot": [("channel-adapter", [])],
    }
    async with kursk.database.reading() as session:
        row = (await session.scalars(select(Appointment).order_by(Appointment.id))).first()
    assert row is not None
    assert (row.ground, row.since) == ("Распоряжение от 01.02.2026 № 5-р", date(2026, 2, 1))
    before = await centre.rows(*WRITTEN)
    again = await load(kursk, path)
    assert again.summary(dry_run=False) == (
        "Внесено: органы — внесено 0, изменено 0, без изменений 1; "
        "должности — внесено 0, изменено 0, без изменений 2; "
        "люди — внесено 0, изменено 0, без изменений 3; "
        "назначения — внесено 0, изменено 0, без изменений 3"
    )
    assert await centre.rows(*WRITTEN) == before


async def test_one_wrong_line_keeps_all_out_and_every_wrong_one_is_told(
    centre: Centre, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "\ufeffsubject;name;role;blocks;ground;since\r\n"
        "a;Первый;coordinator;;приказ № 1;\r\n"
        "b;Второй;block-responsible;roads;приказ № 2;\r\n"
        "c;Третий;coordinator;;;\r\n"
        "d;Четвёртый;король;;приказ № 4;\r\n"
        "e;Пятый;coordinator;;приказ № 5;завтра\r\n"
        ";Шестой;;;;\r\n",
        "utf-8",
    )
    before = await centre.rows(*WRITTEN)
    report = await load(centre.region, path)
    assert await centre.rows(*WRITTEN) == before
    wrong = [line.text for line in report.lines if line.wrong]
    roles = ", ".join(f"«{role.name}»" for role in centre.region.rules.all(Role, TODAY))
    assert [text.partition(" [")[0] for text in wrong] == [
        "строка 7: Имя в системе входа пусто, слишком длинно или нечитаемо (INVALID)",
        "строка 3: Нужна должность не ниже «Заместитель руководителя органа»: должность не указана "
        "(RANK_TOO_LOW)",
        "строка 4: Укажите акт о назначении: вид, номер и дату (INVALID)",
        f"строка 5: Роли «король» в центре нет; есть: {roles} (UNKNOWN_ROLE)",
        "строка 6: «завтра» — не день: пишите 31.12.2026 или 2026-12-31 (DATE_OUT_OF_RANGE)",
    ]
    assert report.wrong == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "BROKEN_FILE: Файл пуст"),
        ("ключ;имя;цвет\n".encode(), "WRONG_MAPPING: Неизвестные столбцы: «цвет». Есть: key, "
         "name, kind, parent, municipality, themes, default, position, rank, body, subject, role, "
         "since, until, through, blocks, municipalities, direction, powers, ground"),
        ("логин;логин\n".encode(), "WRONG_MAPPING: Один столбец встречается дважды"),
        (b'subject;name\na;"b', "BROKEN_FILE: Строка 2: файл обрывается: кавычки расставлены "
         "неверно"),
        (b"subject;name\na;b;c\nd;e\n", "BROKEN_FILE: Строка 2: столбцов 3, в заголовке 2"),
        (b'[{"subject": "a"}]', "BROKEN_FILE: Это не таблица: нужен файл CSV или книга XLSX, ODS"),
        (b"PK\x03\x04 and no more", "BROKEN_FILE: Файл не читается: это не книга XLSX, ODS или "
         "XLS, она повреждена или под паролем"),
        ("логин;орган\na;#Н/Д\n".encode(), "BROKEN_FILE: Строка 2: вместо значения ошибка формулы "
         "«#Н/Д»"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        read_tables(path)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("cell", "place", "said"),
    [
        ('=VLOOKUP("a",A1:B2,2,0)', "B2", "BROKEN_FILE: Лист «Люди», строка 2: вместо значения "
         "ошибка формулы «#N/A»"),
        ("x", "XFD1048576", "TOO_MUCH: Лист книги занят до строки 1048576 и столбца 16384, столько "
         "ячеек не прочесть: удалите то, что стоит далеко в стороне от таблицы"),
    ],
)  # fmt: skip
def test_a_cell_of_a_book_that_says_nothing_or_stands_far_away_is_refused(
    tmp_path: Path, cell: str, place: str, said: str
) -> None:
    path = tmp_path / "people.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Люди")
        sheet.write_row(0, 0, ["Логин", "Орган"])
        sheet.write(1, 0, "petrov")
        if cell.startswith("="):
            sheet.write_formula(place, cell, None, "#N/A")
        else:
            sheet.write(place, cell)
    with pytest.raises(Refusal) as refused:
        read_tables(path)
    assert str(refused.value) == said


async def test_an_office_file_is_read_as_the_office_wrote_it(
    centre: Centre, tmp_path: Path
) -> None:
    """A title, Windows' encoding, names in place of keys, the last day as people count it."""
    path = tmp_path / "people.csv"
    body = (
        "bridges", "Мостовая служба", "подведомственные организации",
        "Комитет транспорта и автомобильных дорог Курской области", "Дороги",
        "городской округ город Курск",
    )  # fmt: skip
    lines = (
        "Кадры центра на 02.03.2026", "",
        "Ключ;Наименование;Вид органа;Вышестоящий орган;Тематики;Муниципалитет", ";".join(body),
    )  # fmt: skip
    path.write_text("\r\n".join(lines), "cp1251")
    assert (await load(centre.region, path)).wrong == 0
    book = write_workbook(
        tmp_path / "book.xlsx",
        {
            "Люди": [("Сведения о работниках",), ("Логин", "Ф.И.О.", "Должность", "Ранг", "Орган"),
                     ("mostov", "Мостов Олег", "Мастер", "Сотрудник", "Мостовая служба")],
            "Роли": [("Логин", "Роль", "С", "По", "Основание"),
                     ("mostov", "Исполнитель органа", "02.03.2026", "02.03.2026", "Приказ № 3")],
        },
    )  # fmt: skip
    assert [line.text for line in (await load(centre.region, book)).lines if line.wrong] == []
    async with centre.region.database.reading() as session:
        row = (await session.scalars(select(Body).where(Body.key == "bridges"))).one()
        parent = await session.get(Body, row.parent_id)
        themes = await session.scalars(select(BodyTheme.theme).where(BodyTheme.body_id == row.id))
        held = (await session.scalars(select(Appointment).order_by(Appointment.id.desc()))).first()
        assert parent is not None
        assert held is not None
        assert (parent.key, row.municipality) == ("committee-transport-roads", "kursk-city")
        assert [*themes] == ["roads"]
        assert (held.body_id, held.since, held.until) == (
            row.id, date(2026, 3, 2), date(2026, 3, 3),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("x", "Орган", "исполнительный", ""), "Вида органа «исполнительный» нет. Есть: "
         "«государственные органы», «исполнительные органы», «органы местного самоуправления», "
         "«территориальные внебюджетные фонды», «подведомственные организации», «государственные и "
         "муниципальные организации», «организации с государственным или муниципальным участием», "
         "«иные» (INVALID)"),
        (("x", "Орган", "иные", "дорога"), "Тематики «дорога» нет; похоже на «дороги» "
         "(UNKNOWN_THEME)"),
    ],
)  # fmt: skip
async def test_a_word_that_is_not_known_is_told_with_those_that_are(
    centre: Centre, tmp_path: Path, cells: tuple[str, ...], said: str
) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text("ключ;название;вид;тематики\n" + ";".join(cells) + "\n", "utf-8")
    report = await load(centre.region, path)
    assert [line.text for line in report.lines] == [f"строка 2: {said}"]


async def test_a_table_that_says_nothing_names_what_is_needed(
    centre: Centre, tmp_path: Path
) -> None:
    path = tmp_path / "file.csv"
    path.write_text("орган,роль\nx,y\n", "utf-8")
    with pytest.raises(Refusal) as refused:
        await load(centre.region, path)
    assert refused.value.text.startswith("По столбцам (body, role) не видно, что в таблице.")


async def test_one_file_says_one_thing_of_one(centre: Centre, tmp_path: Path) -> None:
    """Two people under one login, a position of two ranks: nobody knows which line is right."""
    path = tmp_path / "people.csv"
    rows = ("golovin;Головин Олег;Юрист;Сотрудник", "sidorova;Сидорова Вера;Юрист;Сотрудник")
    path.write_text("\n".join(["Логин;ФИО;Должность;Ранг", *rows, rows[0]]), "utf-8")
    assert not (await load(centre.region, path)).wrong
    wrong = (
        "golovin;Голованов Олег;Юрист;Сотрудник",
        "petrov;Петров;Юрист;Высшее должностное лицо",
    )
    path.write_text("\n".join(["Логин;ФИО;Должность;Ранг", *rows, *wrong]), "utf-8")
    report = await load(centre.region, path)
    assert [line.text.partition(" (")[0] for line in report.lines if line.wrong] == [
        "строка 5: Должность «Юрист» уже встречалась в этом файле с другим рангом",
        "строка 4: Логин «golovin» уже встречался в этом файле, и там о нём сказано другое",
    ]
    path.write_text("\n".join(["Логин;ФИО;Должность;Ранг", wrong[0]]), "utf-8")
    assert not (await load(centre.region, path)).wrong


def test_a_date_that_a_spreadsheet_made_is_no_number(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Логин;ФИО;Основание;С\n2026-01-01;Пробная Анна;Приказ;2026-01-01\n", "utf-8")
    with pytest.raises(Refusal) as refused:
        read_tables(path)
    assert refused.value.text.startswith(
        "Строка 2, столбец subject: табличный редактор сделал дату 2026-01-01 из того, что было"
    )
    path.write_text("Логин;ФИО;С\n5;Пробная Анна;2026-01-01\n", "utf-8")
    assert read_tables(path)[0].rows[0].cells["since"] == "2026-01-01"


async def test_loading_needs_a_permission(centre: Centre, tmp_path: Path) -> None:
    tables = read_tables(write_workbook(tmp_path / "book.xlsx", BOOK))
    async with centre.region.work(ANONYMOUS) as work:
        with pytest.raises(Refusal) as refused:
            await load_roster(work, tables)
    assert refused.value.code == "UNAUTHENTICATED"
