"""Files over HTTP: taken as a stream, kept once, given back as they came, refused calmly."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator

import pytest

from core.attachments.kinds import ScanState
from core.attachments.model import Attachment
from core.kernel.access import system
from core.kernel.files import FolderDraft
from schema.graphql.ids import encode_id
from tests.fixtures import files as made
from tests.schema.attachments.conftest import Desk

LIST = """query($id: ID!) { node(id: $id) { ... on Appeal { attachments { id name givenName kind
    size origin state unchecked hold copyState addedAt addedBy scannedAt digest
    entries { name size } } } } }"""


@pytest.mark.clause("fz59/7.2")
async def test_a_file_is_kept_as_it_came(files: Desk) -> None:
    case = await files.api.take()
    answer = await files.put(encode_id(case), made.PDF, role="coordinator", origin="applicant")
    assert answer.status_code == 201, answer.text
    number = answer.json()["id"]
    assert answer.json() == {
        "id": number,
        "name": "письмо.pdf",
        "kind": "PDF",
        "size": len(made.PDF),
        "state": "waiting",
    }
    found = await files.api.data(LIST, "body-official", id=encode_id(case))
    assert found["node"]["attachments"] == [
        {
            "id": number,
            "name": "письмо.pdf",
            "givenName": "письмо.pdf",
            "kind": "PDF",
            "size": len(made.PDF),
            "origin": "APPLICANT",
            "state": "WAITING",
            "unchecked": None,
            "hold": None,
            "copyState": "NONE",
            "addedAt": "2026-03-02T12:00:00Z",
            "addedBy": "demo-coordinator",
            "scannedAt": None,
            "digest": hashlib.sha256(made.PDF).hexdigest(),
            "entries": [],
        }
    ]
    (path,) = [one for one in files.api.region.files.folder.rglob("*") if one.is_file()]
    assert made.PDF not in path.read_bytes()
    back = await files.get(number, reason="срочно")
    assert (back.status_code, back.content) == (200, made.PDF)
    assert {name: back.headers[name] for name in SAFE} == SAFE
    journal = [await files.lines(name) for name in ("attachment.opened", "content.read")]
    assert journal == [
        [("demo-body-official", "attachment:1", "срочно")],
        [("demo-body-official", f"appeal:{case.id}", None)] * 2,
    ]


SAFE = {
    "content-disposition": 'attachment; filename="______.pdf"; '
    "filename*=UTF-8''%D0%BF%D0%B8%D1%81%D1%8C%D0%BC%D0%BE.pdf",
    "content-type": "application/pdf",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


async def test_the_same_file_is_kept_once_in_a_case(files: Desk) -> None:
    first, second = await files.api.take(), await files.api.take(external_id="п-2")
    one = await files.put(encode_id(first), made.PDF)
    again = await files.put(encode_id(first), made.PDF, "другое имя.pdf")
    other = await files.put(encode_id(second), made.PDF)
    assert [answer.status_code for answer in (one, again, other)] == [201, 200, 201]
    assert again.json() == one.json()
    assert other.json()["id"] != one.json()["id"]
    rows, forms, _, there = await files.kept()
    assert (rows, forms, there) == (2, 2, 2)


REFUSED = [
    (made.PROGRAM, "фото.jpg", 415, "FILE_DISGUISED"),
    (made.PROGRAM, "a.exe", 415, "FILE_DISGUISED"),
    (made.PDF, "a.pdf.exe", 415, "FILE_DISGUISED"),
    (made.HTML, "фото.jpg", 415, "FILE_DISGUISED"),
    (made.HTML, "страница.html", 415, "FILE_TYPE"),
    (made.SVG, "рисунок.svg", 415, "FILE_TYPE"),
    (made.packed({"META-INF/MANIFEST.MF": b"x"}), "a.zip", 415, "FILE_DISGUISED"),
    (made.HTML + made.PDF, "a.pdf", 415, "FILE_DISGUISED"),
    (made.PDF + made.packed({"a": b"x"}), "a.pdf", 415, "FILE_DISGUISED"),
    (made.bomb(200_000_000), "a.zip", 422, "FILE_ARCHIVE"),
    (made.bomb(11_000_000), "a.zip", 422, "FILE_ARCHIVE"),
    (made.claiming(100, made.bomb(11_000_000)), "a.zip", 422, "FILE_ARCHIVE"),
    (made.packed({"a": b"x"})[:-8], "a.zip", 422, "FILE_ARCHIVE"),
    (b"", "a.pdf", 422, "FILE_EMPTY"),
    (made.PDF, "../../etc/passwd.pdf", 422, "FILE_NAME"),
    (made.PDF, "C:\\a\\b.pdf", 422, "FILE_NAME"),
    (made.PDF, "C:b.pdf", 422, "FILE_NAME"),
    (made.PDF, "etc\u2044b.pdf", 422, "FILE_NAME"),
    (made.PDF, "", 422, "FILE_NAME"),
]


async def test_a_refusal_keeps_nothing(files: Desk) -> None:
    to = encode_id(await files.api.take())
    before = await files.kept()
    for content, name, status, code in REFUSED:
        answer = await files.put(to, content, name)
        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["extensions"]["code"]) == (status, code), name
    large = await files.put(to, made.PDF, Content_Length="200000000")
    assert (large.status_code, large.json()["errors"][0]["message"]) == (
        413,
        "Файл больше 50 МБ: приложите его частями или меньшего размера. "
        "Основание: п. 3.13 Порядка работы системы.",
    )
    form = await files.put(to, b"--x--", Content_Type="multipart/form-data; boundary=x")
    assert form.status_code == 415
    assert await files.kept() == before


async def test_who_may_add_and_open(files: Desk) -> None:
    to = encode_id(await files.api.take())
    refused = [(None, "official", 401), ("curator", "official", 403), ("notifier", "official", 403),
               ("body-official", "applicant", 403), ("body-official", "letter", 422),
               ("body-official", "nobody", 422)]  # fmt: skip
    before = await files.kept()
    for role, origin, status in refused:
        answer = await files.put(to, made.PDF, role=role, origin=origin)
        assert answer.status_code == status, (role, answer.text)
    assert (await files.put(encode_id(NOBODY), made.PDF)).status_code == 404
    assert await files.kept() == before
    number = (await files.put(to, made.PDF)).json()["id"]
    for role, status in ((None, 401), ("administrator", 403), ("channel-adapter", 403)):
        assert (await files.get(number, role=role, reason="срочно")).status_code == status
    assert (await files.get(to, reason="срочно")).status_code == 422


class Appeal:
    """A case that there is not."""

    id = 10_000


NOBODY = Appeal()


@pytest.mark.clause("tsur.practice/attachments.unchecked")
async def test_what_was_not_checked_opens_for_a_reason_alone(files: Desk) -> None:
    number = (await files.put(encode_id(await files.api.take()), made.PDF)).json()["id"]
    expected = {
        ScanState.WAITING: (422, "FILE_UNCHECKED", 200),
        ScanState.UNCHECKED: (422, "FILE_UNCHECKED", 200),
        ScanState.INFECTED: (422, "FILE_INFECTED", 422),
        ScanState.CLEAN: (200, None, 200),
    }
    for state, (status, code, reasoned) in expected.items():
        async with files.api.region.work(system()) as work:
            (await work.session.get_one(Attachment, 1)).state = state
        answer = await files.get(number)
        assert answer.status_code == status
        assert code is None or answer.json()["errors"][0]["extensions"]["code"] == code
        assert (await files.get(number, reason="нужно для ответа")).status_code == reasoned
    assert await files.lines("attachment.opened") == [
        ("demo-body-official", "attachment:1", "нужно для ответа"),
        ("demo-body-official", "attachment:1", "нужно для ответа"),
        ("demo-body-official", "attachment:1", None),
        ("demo-body-official", "attachment:1", None),
    ]


async def test_thirty_megabytes_are_never_whole_in_memory(
    files: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    add = FolderDraft.add

    def counted(draft: FolderDraft, content: bytes) -> None:
        written.append(len(content))
        add(draft, content)

    monkeypatch.setattr(FolderDraft, "add", counted)
    to, whole = encode_id(await files.api.take()), hashlib.sha256()

    async def body() -> AsyncIterator[bytes]:
        for number in range(480):
            piece = (made.PDF if number == 0 else b"").ljust(65_536, number.to_bytes(2)[1:])
            whole.update(piece)
            yield piece

    answer = await files.put(to, body())
    assert (answer.status_code, answer.json()["size"]) == (201, 480 * 65_536)
    assert max(written) < 400_000
    assert len(written) == 121
    back = await files.get(answer.json()["id"], reason="сверка")
    assert hashlib.sha256(back.content).digest() == whole.digest()


async def test_a_damaged_file_is_said_to_be_so(files: Desk) -> None:
    number = (await files.put(encode_id(await files.api.take()), made.PDF)).json()["id"]
    (path,) = [one for one in files.api.region.files.folder.rglob("*") if one.is_file()]
    path.write_bytes(path.read_bytes()[:-1])
    answer = await files.get(number, reason="срочно")
    assert answer.json()["errors"][0]["extensions"]["code"] == "BROKEN_FILE"
    path.unlink()
    answer = await files.get(number, reason="срочно")
    assert answer.json()["errors"][0]["extensions"]["code"] == "BROKEN_FILE"
