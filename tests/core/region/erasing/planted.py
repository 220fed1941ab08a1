"""Persons who are planted: what is known of each is nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from core.appeals import answers
from core.appeals.applicants.contact import Contact
from core.appeals.correction import Correction, correct
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in_many
from core.appeals.notes.service import write_note
from core.appeals.rules.lifecycle import Outcome
from core.attachments.store import Owner
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.work import Work
from core.problems.model import Problem, ProblemCase, Sighting
from core.requests.model import KIND as REQUEST
from core.requests.model import MaterialRequest
from tests.core.appeals.conftest import EXPLAINED, LETTER, Desk
from tests.fixtures.proofs import attached, filed

THEN = datetime(2026, 1, 12, 9, tzinfo=UTC)


def word(number: int) -> str:
    return f"ц{number:03d}ъ"


def person(number: int) -> NewAppeal:
    own = word(number)
    contact = Contact(f"Канареев {own}имя", f"c{number:03d}@canary.example", f"дом {own}адрес")
    return LETTER._replace(
        external_id=f"к-{number}", text=f"Яма {own}текст", address=f"{own}место", contact=contact
    )


def needles(numbers: Iterable[int]) -> list[bytes]:
    """What must be found nowhere: words in the bytes that files have them in."""
    return [
        one.encode()
        for number in numbers
        for one in (word(number), f"c{number:03d}@canary.example")
    ]


async def history(region: Region, numbers: Iterable[int]) -> list[str]:
    """Appeals that came in answered and closed; their numbers."""
    news = [
        person(one)._replace(
            received_at=THEN,
            registered_at=THEN,
            answered_at=THEN,
            closed_at=THEN,
            outcome=Outcome.EXPLAINED,
            history=True,
        )
        for one in numbers
    ]
    async with region.work(system()) as work:
        taken = await take_in_many(work, news)
    return [one.number for one in taken if not isinstance(one, Exception)]


async def lived(desk: Desk, number: int) -> str:
    """An appeal, a note, an answer and what other subjects keep of it, all of which name its
    person; its number."""
    own = word(number)
    taken = await desk.take(person(number))
    await desk.accept(taken.appeal_id)
    async with desk.work(desk.official) as work:
        await write_note(work, taken.appeal_id, f"Звонил {own}заметка")
    async with desk.work(system()) as work:
        was = Contact(f"Бывший {own}имя", f"c{number:03d}@canary.example", f"дом {own}прежний")
        given = Correction(text=f"Яма {own}вернее", address=f"{own}рядом", contact=was)
        await correct(work, taken.appeal_id, given, f"Ошибка {own}записи")
        await correct(work, taken.appeal_id, Correction(contact=person(number).contact), "Ошибка")
    async with desk.work(system()) as work:
        await attached(work, taken.appeal_id)
        await _beside(work, taken.appeal_id, own)
    answer = replace(EXPLAINED, text=f"Уважаемый {own}ответ, ремонт не входит в программу.")
    async with desk.work(desk.official) as work:
        await answers.answer(work, taken.appeal_id, answer)
        await answers.close(work, taken.appeal_id)
    return taken.number


async def _beside(work: Work, appeal_id: int, own: str) -> None:
    """A request about the case with a file, a sighting, a problem that has it."""
    at = {"appeal_id": appeal_id, "actor": "official", "at": work.now}
    sighting = Sighting(kind="error", on=work.today, text=f"{own}ошибка", **at)
    sighting.cause, sighting.conclusion = f"{own}причина", f"{own}вывод"
    asked = MaterialRequest(
        asker="centre", addressee="body", text=f"{own}запрос", clause="x", advised=False,
        appeal_id=appeal_id, state="answered", asked_by="official", asked_at=work.now,
        reply=f"{own}ответ",
    )  # fmt: skip
    problem = Problem(
        title="Ямы", theme="roads", source="x", label="x", evidence={}, clause="x", state="listed",
        chosen_since=work.today, chosen_until=work.today, opened_by="x", opened_at=work.now,
    )  # fmt: skip
    work.session.add_all([sighting, asked, problem])
    await work.session.flush()
    case = {"problem_id": problem.id, "appeal_id": appeal_id, "added_at": work.now}
    work.session.add(ProblemCase(why=f"{own}довод", **case))
    await filed(work, Owner(REQUEST, asked.id), f"{own}файл")


def files_with(folder: Path, database: Path, wanted: Iterable[bytes]) -> dict[str, int]:
    """How many of these byte strings each file has; only those that have some."""
    places = [*folder.rglob("*"), *database.parent.glob(f"{database.name}*")]
    contents = {path: path.read_bytes() for path in places if path.is_file()}
    found = {path.name: sum(one in held for one in wanted) for path, held in contents.items()}
    return {name: number for name, number in found.items() if number}
