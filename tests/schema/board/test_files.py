"""The files of a case by forms alone: added as they stream, opened with a reason, refused whole."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import ClientDisconnect

from core.appeals.model import Appeal
from core.kernel.settings import RegionSettings
from tests.fixtures import files as made
from tests.fixtures.contents import contents
from tests.schema.attachments.conftest import Desk as Doors
from tests.schema.board.conftest import Visitor, heading
from tests.schema.board.test_pages import taken
from tests.schema.conftest import Api

LARGEST = RegionSettings().file_max_bytes


def kept(visitor: Visitor) -> Doors:
    return Doors(Api(visitor.region, visitor.http))


async def accepted(visitor: Visitor) -> Appeal:
    """A case of the ministry's official, who is at her browser."""
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    await visitor.send(f"appeals/{appeal.number}/step/acceptAppeal")
    return appeal


def form_of(page: httpx.Response) -> str:
    """What the forms of a page carry."""
    return page.text.partition('name="form" value="')[2].partition('"')[0]


async def put(
    visitor: Visitor, appeal: Appeal, name: str, content: bytes, **fields: str
) -> httpx.Response:
    """Choose a file in the form of the page and press its button."""
    token = form_of(await visitor.get(f"appeals/{appeal.number}/files"))
    path = f"/polygon/appeals/{appeal.number}/files"
    given = {"form": token, "origin": "official", **fields}
    return await visitor.http.post(path, data=given, files={"file": (name, content)})


async def test_a_file_is_added_and_opened_with_a_reason(visitor: Visitor) -> None:
    appeal = await accepted(visitor)
    case = (await visitor.get(f"appeals/{appeal.number}")).text
    assert ">Файлы обращения</a>" in case
    done = await put(visitor, appeal, "Фото ямы «до».pdf", made.PDF)
    assert done.status_code == 303
    page = await visitor.get(f"appeals/{appeal.number}/files")
    assert "Фото ямы «до».pdf" in page.text
    assert "1 КБ" in page.text
    assert "не проверен" in page.text
    silent = await visitor.send(f"appeals/{appeal.number}/files", reason=" ")
    assert silent.status_code == 422
    assert "Файл открывают только с указанием причины" in silent.text
    opened = await visitor.send(f"appeals/{appeal.number}/files", reason="Осмотр ямы")
    assert (opened.status_code, opened.content) == (200, made.PDF)
    assert opened.headers["content-disposition"].startswith("attachment; ")
    assert [cause for _, _, cause in await kept(visitor).lines("attachment.opened")] == [
        "Осмотр ямы"
    ]
    case = (await visitor.get(f"appeals/{appeal.number}")).text
    assert "Приложено файлов: 1, не проверено: 1." in case


@pytest.mark.parametrize(
    ("name", "content", "fields", "told"),
    [
        ("письмо.pdf", made.PROGRAM, {}, "Не принято"),
        ("письмо.exe", made.PROGRAM, {}, "Не принято"),
        ("../письмо.pdf", made.PDF, {}, "В имени файла есть путь"),
        ("письмо.pdf", b"", {}, "Не принято"),
        ("письмо.pdf", made.PDF, {"origin": "nobody"}, "Скажите, чей это файл"),
        ("письмо.pdf", made.PDF, {"origin": "letter"}, "Скажите, чей это файл"),
        ("письмо.pdf", made.PDF + b"0" * LARGEST, {}, "Файл больше 50 МБ: "),
    ],
)
async def test_of_a_refused_file_nothing_is_kept(
    visitor: Visitor, name: str, content: bytes, fields: dict[str, str], told: str
) -> None:
    appeal = await accepted(visitor)
    await visitor.get(f"appeals/{appeal.number}/files")
    before = await kept(visitor).kept()
    answer = await put(visitor, appeal, name, content, **fields)
    assert answer.status_code == 422, answer.text
    assert told in answer.text
    assert "<title>Ошибка: " in answer.text
    assert await kept(visitor).kept() == before


async def test_a_form_that_is_none_or_from_elsewhere_adds_nothing(visitor: Visitor) -> None:
    appeal = await accepted(visitor)
    path, form = f"/polygon/appeals/{appeal.number}/files", {"content-type": "multipart/form-data"}
    before = await kept(visitor).kept()
    page = await visitor.get(f"appeals/{appeal.number}/files")
    foreign = await put(visitor, appeal, "письмо.pdf", made.PDF, form="0" * 32)
    assert (foreign.status_code, heading(foreign)) == (403, "Форма не принята")
    bounded = {"content-type": "multipart/form-data; boundary=x"}
    token = form_of(page)
    nothing = (
        f'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--x--\r\n'
    )
    empty = await visitor.http.post(path, content=nothing, headers=bounded)
    assert (empty.status_code, "Выберите файл" in empty.text) == (422, True)
    for headers, body in (
        (form, b"--x\r\n"),
        (bounded, b"nothing"),
        (bounded, b'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n' + b"a" * 300_000),
        (bounded, b'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n\xff\r\n--x--\r\n'),
        (bounded, b'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n\x00\r\n--x--\r\n'),
    ):
        answer = await visitor.http.post(path, content=body, headers=headers)
        assert answer.status_code in (403, 422), body[:40]
    assert await kept(visitor).kept() == before


async def test_of_two_files_in_one_form_none_is_lost_in_silence(visitor: Visitor) -> None:
    appeal = await accepted(visitor)
    path = f"/polygon/appeals/{appeal.number}/files"
    given = {"form": form_of(await visitor.get(f"appeals/{appeal.number}/files"))}
    for second in (b"second", b"0" * 3_000_000):
        files = [("file", ("первый.pdf", made.PDF)), ("file", ("второй.txt", second))]
        before = await kept(visitor).kept()
        answer = await visitor.http.post(path, data={**given, "origin": "official"}, files=files)
        assert answer.status_code == 422
        assert "Прилагайте по одному файлу: в форме их несколько" in answer.text
        assert await kept(visitor).kept() == before


async def test_a_form_is_known_by_its_media_whatever_its_capitals(visitor: Visitor) -> None:
    appeal = await accepted(visitor)
    path = f"/polygon/appeals/{appeal.number}/files"
    token = form_of(await visitor.get(f"appeals/{appeal.number}/files"))
    body = (
        f'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="origin"\r\n\r\nofficial\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        "text\r\n--x--\r\n"
    )
    for media, status in (
        ("Multipart/Form-Data; boundary=x", 303),
        (f"multipart/form-data; boundary={'x' * 3_000}", 422),
    ):
        headers = {"content-type": media}
        assert (await visitor.http.post(path, content=body, headers=headers)).status_code == status


async def test_a_form_that_breaks_off_is_no_fault_of_ours(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    appeal = await accepted(visitor)
    path = f"/polygon/appeals/{appeal.number}/files"
    token = form_of(await visitor.get(f"appeals/{appeal.number}/files"))
    before = await kept(visitor).kept()

    async def torn() -> AsyncIterator[bytes]:
        yield f'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n{token}'.encode()
        raise ClientDisconnect

    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = await visitor.http.post(path, content=torn(), headers=headers)
    assert (answer.status_code, heading(answer)) == (400, "Не принято")
    assert await kept(visitor).kept() == before
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []


async def test_files_are_for_whoever_reads_the_case(visitor: Visitor) -> None:
    appeal = await accepted(visitor)
    await put(visitor, appeal, "письмо.pdf", made.PDF)
    await visitor.enter("administrator")
    before = await contents(visitor.region)
    assert (await visitor.get(f"appeals/{appeal.number}/files")).status_code in (403, 404)
    after = await contents(visitor.region)
    assert {name for name in after if after[name] != before[name]} <= {"session"}


async def test_a_file_of_the_case_is_chosen_by_its_name(visitor: Visitor) -> None:
    """No form asks for the number by which the API knows it."""
    appeal = await accepted(visitor)
    await put(visitor, appeal, "Справка.pdf", made.PDF)
    await visitor.enter("coordinator")
    path = f"appeals/{appeal.number}/step/addDocument"
    page = (await visitor.get(path)).text
    field = page.partition('<select id="f-attachment"')[2].partition("</select>")[0]
    offered = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)<', field)
    assert [name for _, name in offered] == ["—", "Справка.pdf"]
    done = await visitor.send(path, title="Справка о доходах", attachment=offered[1][0])
    assert done.status_code == 303
