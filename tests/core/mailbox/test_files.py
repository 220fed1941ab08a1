"""Files of a letter: all of them become attachments of its case, none is refused or lost."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

from sqlalchemy import select

from core.attachments.kinds import FileKind, Hold, Origin
from core.attachments.model import Attachment
from core.kernel.incidents.model import Incident
from core.kernel.queue import QueuedJob
from core.mailbox.decisions import add_letter, take_letter_in, thank
from core.mailbox.files import JOB, run_files
from core.mailbox.model import Letter
from tests.core.mailbox.conftest import Post
from tests.fixtures import files as made

FILES = {
    "жалоба.pdf": made.PDF,
    "фото.jpg": made.HTML,
    "программа.exe": made.PROGRAM,
    "winmail.dat": b"\x78\x9f\x3e\x22" + bytes(40),
    "пусто.txt": b"",
}


def letter(subject: str = "Яма", **files: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Анна <anna@example.org>", "letters@centre.example"
    message["Subject"] = subject
    message.set_content("Прошу заделать.")
    for name, content in {**FILES, **files}.items():
        message.add_attachment(content, "application", "octet-stream", filename=name)
    return message.as_bytes()


async def attachments(post: Post) -> list[Attachment]:
    async with post.desk.region.database.reading() as session:
        return list(await session.scalars(select(Attachment).order_by(Attachment.id)))


async def jobs(post: Post) -> list[object]:
    async with post.desk.region.database.reading() as session:
        query = select(QueuedJob.payload).where(QueuedJob.name == JOB)
        return [payload["letter"] for payload in await session.scalars(query)]


async def taken(post: Post, row: Letter) -> int:
    async with post.desk.work(post.desk.coordinator) as work:
        return (await take_letter_in(work, row.id)).appeal_id


async def test_every_file_of_a_letter_belongs_to_its_appeal(post: Post) -> None:
    row = await post.come(letter())
    appeal_id = await taken(post, row)
    assert await jobs(post) == [row.id]
    for _ in range(2):
        await run_files(post.desk.region, {"letter": row.id})
    rows = await attachments(post)
    assert {(one.owner_id, one.origin) for one in rows} == {(appeal_id, Origin.LETTER)}
    assert [(one.name, one.kind, one.hold, one.size) for one in rows] == [
        ("жалоба.pdf", FileKind.PDF, None, len(made.PDF)),
        ("фото.jpg", FileKind.OTHER, Hold.DISGUISED, len(made.HTML)),
        ("программа.exe", FileKind.OTHER, Hold.DISGUISED, len(made.PROGRAM)),
        ("winmail.dat", FileKind.OTHER, Hold.TYPE, 44),
        ("пусто.txt", FileKind.TXT, None, 0),
    ]


async def test_an_addition_goes_to_its_case_and_thanks_to_none(post: Post) -> None:
    case = await post.desk.appeal((await post.desk.take()).appeal_id)
    first = await post.come(letter(f"Дополняю {case.number}"))
    second = await post.come(letter(f"Спасибо {case.number}", **{"еще.pdf": made.PDF + b"%"}))
    async with post.desk.work(post.desk.coordinator) as work:
        await add_letter(work, first.id, "Письмо")
        await thank(work, second.id)
    assert await jobs(post) == [first.id]
    await run_files(post.desk.region, {"letter": first.id})
    assert {one.owner_id for one in await attachments(post)} == {case.id}


async def test_what_does_not_fit_is_told_and_stays_in_the_letter(post: Post) -> None:
    row = await post.come(letter())
    await taken(post, row)
    region = post.desk.region
    narrow = replace(region, own=region.own.model_copy(update={"case_max_files": 2}))
    await run_files(narrow, {"letter": row.id})
    assert [one.name for one in await attachments(post)] == ["жалоба.pdf", "фото.jpg"]
    assert sum(path.is_file() for path in region.files.folder.rglob("*")) == 2
    async with region.database.reading() as session:
        (text,) = (await session.scalars(select(Incident.text))).all()
    assert text == (
        f"Не все вложения письма {row.id} помещаются в обращение (осталось: 3):"
        " письмо сохранено целиком"
    )
