"""One at a time or in bulk: what is written and what is told of any rows is the same."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.appeals.applicants.model import Applicant
from core.appeals.exchange.batch import Batch
from core.appeals.exchange.convert import convert
from core.appeals.exchange.imports import IMPORTER
from core.appeals.exchange.loading import load_mapping
from core.appeals.exchange.mapping import FieldMap
from core.appeals.exchange.rejects import Reject
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.placer import placer_of
from core.appeals.intake.service import Status, TakenIn, take_in, take_in_prepared
from core.appeals.ledger import lateness_of, pure, read_entries
from core.appeals.model import Appeal, LedgerEntry
from core.db.bulk import table_of
from core.db.cache import LIMIT, Memo
from core.directory.model import Body, Position
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.tables.rows import Row
from core.kernel.work import Work

Cells = Mapping[str, str]
FILES = int(os.environ.get("TSUR_TEST_FILES", "40"))
"""How many files are written both ways; of half as many are terms compared with the ledger."""
WRITTEN = tuple(map(table_of, (Appeal, LedgerEntry, JournalEntry, Applicant)))
CELLS: dict[str, Sequence[str]] = {
    "external_id": ("1", "2", "3", "4", "5", ""),
    "channel": ("letter", "letter", "portal", "social-networks", "feedback-platform", "pigeon"),
    "text": ("Яма на дороге", "Не горит фонарь", " ", "Сломан лифт\nв доме 5"),
    "received": (
        *("2026-03-01 09:00", "2026-02-01 23:30", "2026-02-20 12:00") * 3,
        "2026-02-27", "2025-03-29 12:00",
        "2021-05-05 05:05:05",
        "2026-03-02 14:59:59", "2027-01-01", "1999-12-31", "вчера",
    ),
    "theme": ("", "", "roads", "health", "housing", "ecology", "migration", "migration",
              "astrology"),
    "municipality": ("", "kursk-city", "38701000", "atlantis"),
    "addressee": ("", "", "committee-health", "Housing-Inspectorate", "nobody"),
    "complained_body": ("", "", "", "", "committee-health", "competence-unit", "nobody"),
    "residence": ("", "region", "abroad"),
    "applicant_kind": ("", "citizen", "legal_entity"),
    "promised": ("", "", "2026-03-20 10:00"),
    "answered": ("", "", "2026-03-01 10:00", "2020-01-01"),
    "closed": ("", "", "2026-03-01 11:00"),
    "name": ("", "Пробная Анна Ивановна"),
    "regime": ("appeal", "message"),
}  # fmt: skip
COLUMNS = [*CELLS, "offence", "postal_address"]
TO_TWO: list[Cells] = [
    {"external_id": body, "channel": "letter", "text": "Яма", "received": "2026-03-01 09:00",
     "theme": "migration", "addressee": body, "offence": "да", "name": "Пробная Анна Ивановна",
     "postal_address": "ул. Полевая, 1"}
    for body in ("housing-inspectorate", "committee-health")
]  # fmt: skip
"""The same facts of violations to two bodies, the second of which is the highest official's."""

Told = tuple[object, ...]
Way = Callable[[Work, Sequence[Row], FieldMap], Awaitable[list[Told]]]


def regime_in(row: Cells) -> str:
    """The platform alone brings both; of everything else the law tells what it is."""
    return row["regime"] if row["channel"] == "feedback-platform" else ""


def files(number: int) -> list[list[Cells]]:
    """So many files, the same at every run."""
    found: list[list[Cells]] = []
    lines = {name: st.sampled_from(cells) for name, cells in CELLS.items()}

    @settings(max_examples=number, deadline=None, database=None, derandomize=True)
    @given(st.lists(st.fixed_dictionaries(lines), min_size=1, max_size=16))
    def collect(rows: list[Cells]) -> None:
        found.append([{**row, "regime": regime_in(row)} for row in rows])

    collect()
    return found


def numbered(cells: Sequence[Cells]) -> list[Row]:
    rows = ([row.get(name, "") for name in COLUMNS] for row in cells)
    return [Row(line, told) for line, told in enumerate(rows, start=2)]


def told(result: TakenIn | Refusal | Reject) -> Told:
    """What is said of a row, without the ids of this run."""
    if isinstance(result, TakenIn):
        return result.status, result.number, result.routed, result.difference
    if isinstance(result, Refusal):
        return result.code, result.text
    return result.code, result.reason


async def one_by_one(work: Work, rows: Sequence[Row], mapping: FieldMap) -> list[Told]:
    found: list[Told] = []
    for row in rows:
        (new,) = convert([row], mapping).found
        if isinstance(new, Reject):
            found.append(told(new))
            continue
        try:
            found.append(told(await take_in(work, new)))
        except Refusal as refusal:
            found.append(told(refusal))
    return found


async def in_bulk(work: Work, rows: Sequence[Row], mapping: FieldMap) -> list[Told]:
    batch = Batch(mapping, work.now)
    batch.add(rows)
    results = iter(await take_in_prepared(work, batch.prepared))
    rejected = {reject.line: reject for reject in batch.rejects}
    return [told(rejected.get(row.line) or next(results)) for row in rows]


async def written(work: Work) -> dict[str, list[dict[str, Any]]]:
    """Every row of a case, cases by their numbers and applicants by what is sealed."""
    found = {
        table.name: [
            dict(row._mapping) for row in await work.session.execute(select(table).order_by("id"))
        ]
        for table in WRITTEN
    }
    sealed = {row["id"]: work.keys.unseal(row["sealed"]) for row in found.pop("applicant")}
    numbers = {row["id"]: row["number"] for row in found["appeal"]}
    for row in (row for rows in found.values() for row in rows):
        del row["id"]
        row["sealed"] = row.pop("seal", None) is not None  # each seal is drawn by lot
    for row in found["appeal"]:
        row["applicant_id"] = sealed.get(row["applicant_id"])
    for row in found["ledger"]:
        row["appeal_id"] = numbers[row["appeal_id"]]
    found["journal"] = [row for row in found["journal"] if row["name"] == "appeal.taken_in"]
    for row in found["journal"]:
        row["subject"] = numbers[int(row["subject"].removeprefix("appeal:"))]
    return found


async def undone(region: Region, way: Way, before: Sequence[Row], rows: Sequence[Row]) -> Any:
    """What is told of the rows, and what is written then; afterwards all is as it was."""
    mapping = load_mapping(None, COLUMNS, region.rules, region.now().date())
    async with region.work(IMPORTER) as work:
        await in_bulk(work, before, mapping)
        result = await way(work, rows, mapping), await written(work)
        await work.session.rollback()
    return result


async def test_both_ways_write_and_tell_the_same(kursk: Region) -> None:
    said: Counter[object] = Counter()
    for cells in files(FILES):
        rows = numbered(cells)
        stored, fresh = rows[: len(rows) // 3], rows
        single = await undone(kursk, one_by_one, stored, fresh)
        assert await undone(kursk, in_bulk, stored, fresh) == single
        said.update(first for first, *_ in single[0])
    expected = {*Status, RefusalCode.INVALID, RefusalCode.TEXT_EMPTY, RefusalCode.UNKNOWN_THEME}
    assert expected | {RefusalCode.DATE_OUT_OF_RANGE, RefusalCode.UNKNOWN_BODY} <= set(said)


async def test_what_is_remembered_of_deadlines_is_what_the_ledger_says(kursk: Region) -> None:
    """What the row says of terms, against the pure functions on the facts as written."""
    mapping = load_mapping(None, COLUMNS, kursk.rules, kursk.now().date())
    due_rules: Counter[str | None] = Counter()
    async with kursk.work(IMPORTER) as work:
        health = await work.session.scalar(select(Body.id).where(Body.key == "committee-health"))
        work.session.add(Position(body_id=health, name="Губернатор", rank="highest-official"))
    for cells in [*files(FILES // 2), TO_TWO]:
        async with kursk.work(IMPORTER) as work:
            await in_bulk(work, numbered(cells), mapping)
            for appeal in await work.session.scalars(select(Appeal)):
                facts = pure(await read_entries(work, appeal.id))
                expected = lateness_of(work, appeal, facts)
                assert {name: getattr(appeal, name) for name in expected._fields} == {
                    **expected._asdict()
                }
                due_rules[appeal.due_rule] += 1
            await work.session.rollback()
    assert set(due_rules) == {"accelerated", "answer", "migration-answer", "promised", None}


def test_memory_has_an_end() -> None:
    memo: Memo[int] = Memo(limit=3)
    for number in range(10):
        assert memo.recall(number, partial(pow, number, 2)) == number**2
        assert len(memo) <= 3
    assert memo.recall(9, lambda: 0) == 81


async def test_what_the_region_remembers_has_an_end(kursk: Region) -> None:
    async with kursk.work(IMPORTER) as work:
        placer = await placer_of(work)
        assert await placer_of(work) is placer
        for number in range(LIMIT + 1):
            new = NewAppeal("letter", "1", "?", addressee=f"nobody {number}")
            placer.place(new, work.today)
            assert len(placer.places) <= LIMIT


async def test_a_new_body_is_seen_at_once(kursk: Region) -> None:
    async with kursk.work(IMPORTER) as work:
        before = await placer_of(work)
        work.session.add(Body(key="new", name="Новый орган", kind="executive"))
        after = await placer_of(work)
    assert (before.bodies.named("Новый орган"), after is before) == (None, False)
    assert after.bodies.by_name["новый орган"].key == "new"
