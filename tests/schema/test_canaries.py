"""A thousand invented people are taken in: they stand in no log, figure, export, error, nor in what
another of them is sent.

Every one of them has a name, an address and a telephone or a mailbox that nobody else has, and all
of these hold one of a few stems, by which they are looked for.
"""

from __future__ import annotations

import csv
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from core.appeals.escalation.service import sweep
from core.appeals.exchange.exports import export_file, export_to
from core.appeals.exchange.imports import import_file
from core.appeals.exchange.rejects import Note
from core.appeals.mail.sender import MOST_LETTERS, run_mail
from core.appeals.model import Appeal
from core.appeals.notices.links.service import letters_of
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.notices.recipients import recipient_of
from core.appeals.notices.service import write_notice
from core.kernel.access import system
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region
from core.kernel.structured import formatter
from core.worker.runs import run_job
from tests.fixtures.clock import FrozenClock
from tests.fixtures.contents import contents
from tests.fixtures.relays import FakeRelay, listening
from tests.schema.conftest import Api

MANY, TAKEN = 1_000, 800
STEM = re.compile(r"канарей\w*|birds\.example|\b7?9005\d{6}", re.IGNORECASE)
HEADER = ("external_id", "channel", "text", "received", "theme", "addressee", "closed",
          "name", "contact", "postal_address")  # fmt: skip
LETTERS = "абвгдежзик"
OWN_WORDS = {"appeal", "appeal_fts", "appeal_fts_content", "appeal_fts_idx", "appeal_fts_data"}
"""Tables with the text of a case, in which people say themselves who they are."""

TAKE = """mutation($input: TakeInInput!) { takeIn(input: $input) {
  __typename ... on Refusal { code text } } }"""
LIST = """{ appeals(first: 200) { nodes { number state theme { key } body { key } dueAt
  notices { kind state subject } ledger { fact } } } }"""
OPERATION = "{ incidents { key text } jobs(state: WAITING) { name error } }"


def surname(number: int) -> str:
    """One that nobody else has."""
    return "Канарейкина" + "".join(LETTERS[int(digit)] for digit in f"{number:04}")


def person(number: int) -> dict[str, str]:
    contact = (
        f"+7 900 5{number:02}-{number:02}-{number:02}" if number < 100 else f"+79005{number:06}"
    )
    return {
        "name": f"{surname(number)} Проба Пробовна",
        "contact": contact if number % 2 else f"p{number}@birds.example",
        "postal_address": f"ул. {surname(number)}, {number}",
    }


def row(number: int) -> dict[str, str]:
    """Every tenth cannot be taken in, or not all of it; what a person says names that person."""
    return {
        "external_id": f"к-{number}",
        "channel": "letter" if number % 2 else "e-mail",
        "text": f"Яма у дома. {surname(number)}",
        "received": "2026-02-30" if number % 10 == 3 else "2026-02-27 10:00",
        "theme": "дыры" if number % 10 == 5 else "roads",
        "addressee": "ministry",
        "closed": f"{surname(number)}" if number % 10 == 7 else "",
        **person(number),
    }


class Heard(logging.Handler):
    """Every line of every log, as machines get it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(formatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def heard() -> Iterator[Heard]:
    handler, root = Heard(), logging.getLogger()
    before, own = root.level, logging.getLogger("tsur")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    own.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)
    own.setLevel(logging.NOTSET)


def found(*texts: str) -> list[str]:
    return [one for text_ in texts for one in STEM.findall(text_)]


async def taken_in(region: Region, folder: Path) -> list[Note]:
    """Import them all; what is told of their rows."""
    file, notes = folder / "people.csv", list[Note]()
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, HEADER)
        writer.writeheader()
        writer.writerows(row(number) for number in range(MANY))
    figures = await import_file(
        region, file, rejects=folder / "rejects.csv", notice=lambda some: notes.extend(some)
    )
    assert (figures.read, figures.added) == (MANY, TAKEN)
    return notes


async def exported(region: Region, folder: Path) -> list[str]:
    """Every form of the export."""
    lines, book = io.StringIO(), folder / "out.xlsx"
    await export_to(region, lines)
    for name in ("out.jsonl", "out.xlsx"):
        await export_file(region, folder / name)
    with zipfile.ZipFile(book) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist()]
    return [lines.getvalue(), (folder / "out.jsonl").read_text("utf-8"), *sheets]


async def letters(region: Region) -> list[tuple[str, str]]:
    """Whom each notice is for, and all that it says."""
    async with region.reading(system()) as work:
        notices = list(await work.session.scalars(select(Notice).order_by(Notice.id)))
        texts = await letters_of(work, notices)
        names = [(await recipient_of(work, one)).name or "" for one in notices]
    return [
        (name, f"{one.subject} {texts[one.id]}") for name, one in zip(names, notices, strict=True)
    ]


async def broken(api: Api) -> list[str]:
    """What is answered, logged and kept where a table has gone, to requests that name people."""
    region = api.region
    given = {"channel": "letter", "externalId": "к", "text": surname(1), "applicant": {
        "name": surname(1), "contact": person(1)["contact"], "address": surname(1)}}  # fmt: skip
    async with region.database.writing() as session:
        await session.execute(text("ALTER TABLE recipient RENAME TO elsewhere"))
        await session.execute(text("ALTER TABLE applicant RENAME TO nowhere"))
    answer = await api.post(TAKE, {"input": given}, role="coordinator")
    assert "INTERNAL" in answer.text
    ids = []
    async with region.work(system()) as work:
        for name in ("mail.send", "applicants.mark"):
            work.later(name, {})
        await work.session.flush()
        ids = list(await work.session.scalars(select(QueuedJob.id)))
    states = {await run_job(region, one) for one in ids}
    assert states == {JobState.WAITING}
    async with region.reading(system()) as work:
        told = list(await work.session.scalars(select(QueuedJob.error)))
    assert None not in told
    async with region.database.writing() as session:
        await session.execute(text("ALTER TABLE elsewhere RENAME TO recipient"))
        await session.execute(text("ALTER TABLE nowhere RENAME TO applicant"))
    return [answer.text, *map(str, told)]


async def plainly(region: Region) -> set[str]:
    """The tables in which they stand without a seal."""
    rows = await contents(region)
    return {name for name in rows if any(STEM.search(repr(one)) for one in rows[name])}


async def test_a_thousand_people_stand_nowhere(
    api: Api, heard: Heard, clock: FrozenClock, tmp_path: Path
) -> None:
    async with listening(FakeRelay()) as relay:
        region = replace(api.region, own=relay.settings(api.region.own))
        notes = await taken_in(region, tmp_path)
        clock.forward(days=90)
        async with region.work(system()) as work:
            assert await sweep(work) > 0
            for appeal in await work.session.scalars(select(Appeal).order_by(Appeal.id)):
                write_notice(work, appeal, NoticeKind.FORWARDED, "Направлено по принадлежности")
        told = [note.sentence for note in notes]
        for query, role in ((LIST, "curator"), (OPERATION, "administrator")):
            told.append((await api.post(query, role=role)).text)
            assert '"errors"' not in told[-1], told[-1][:500]
        told += await broken(replace(api, region=region))
        told.append((await api.http.get("/metrics")).text)
        told += await exported(region, tmp_path)
        assert found(*told) == []
        sent = await letters(region)
        assert len(sent) >= TAKEN
        for name, said in sent:
            assert set(found(said)) <= {name.split()[0]}
        await run_mail(region, {})
        assert len(relay.taken) == MOST_LETTERS
        for one in relay.taken:
            body = one.message.get_body(("plain",))
            assert body is not None
            assert set(found(body.get_content())) <= {one.named.split()[0]}
    assert found(*heard.lines) == []
    assert await plainly(region) <= OWN_WORDS
