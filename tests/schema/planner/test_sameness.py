"""Both executors answer alike: the same bytes, the same errors, for whoever asks.

`make fuzz` tries many more queries than the usual run.
"""

from __future__ import annotations

import asyncio
import os
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.appeals.duplicates import search
from core.appeals.duplicates import service as clusters
from core.appeals.model import Appeal
from core.db.database import Database
from core.demo.service import fill
from core.directory.model import Body, Person
from core.directory.queries import BY_NUMBER
from core.kernel.access import Actor, Grant, Scope, system
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.region.opening import open_region
from schema.appeals.queries import ORDERS, AppealOrder
from schema.build import build_schema
from schema.graphql.context import Context
from schema.graphql.documents.parser import InvalidDocument
from schema.graphql.documents.requested import Requested
from schema.graphql.ids import global_id
from schema.graphql.operation import Operation
from schema.graphql.paging import write_cursor
from schema.planner import run
from schema.planner.run import Executor
from schema.web.endpoint import answered
from tests.fixtures.databases import Databases
from tests.schema.askers import actors, narrower
from tests.schema.queries import Query, Writer

# Where a field fails, graphql-core drops the coroutines of fields beside it before they start.
pytestmark = [
    pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore:.*coroutine object:pytest.PytestUnraisableExceptionWarning"),
]
CASES = int(os.environ.get("TSUR_FUZZ_CASES", "100"))
WHOLE = "TSUR_FUZZ_CASES" in os.environ
APPEALS, FEWER, TIMEOUT_SECONDS = 60, 3, 5.0


class Way(StrEnum):
    """How a query was answered."""

    PLAN = "plan"
    MIXED = "mixed"
    ORDINARY = "ordinary"
    ERRORS = "errors"


@dataclass
class Ground:
    """A small region full of appeals, what can be asked about it, and how it was answered.

    `narrowed` counts the queries asked again with less permission: by whether a plan answered both
    times, and whether the answer became another.
    """

    region: Region
    requested: Requested
    executor: Executor
    pools: Mapping[str, Sequence[Any]]
    scopes: Sequence[Scope]
    noted: Sequence[run.Way]
    ways: Counter[Way] = field(default_factory=Counter)
    narrowed: Counter[tuple[bool, bool]] = field(default_factory=Counter)

    def same(self, query: Query, actor: Actor) -> tuple[bytes, Way]:
        """The answer that both executors give, and how the first came by it."""
        fast, slow, planned = RUNNER.run(self._answers(query, actor))
        if planned is not None:
            assert fast == slow, f"{query}\n{actor}"
            return fast, planned
        assert told(fast) == told(slow), f"{query}\n{actor}"
        return fast, Way.ERRORS if b'"errors":' in slow else Way.ORDINARY

    async def _answers(self, query: Query, actor: Actor) -> tuple[bytes, bytes, Way | None]:
        """What each executor answers, and whether a plan had a part in the first."""
        asked = Operation(query.text, None, dict(query.variables), False)
        now, known = self.region.now(), asyncio.all_tasks()
        try:
            document = self.requested.read(asked)
        except InvalidDocument as error:
            body = answered(error.result)
            return body, body, None
        fast = await self.executor.answer(asked, document, Context(self.region, actor, now))
        slow = await self.executor.run(asked, document, Context(self.region, actor, now))
        # A field that fails leaves others behind that still read: let them give back connections.
        if left := asyncio.all_tasks() - known:
            await asyncio.wait(left, timeout=TIMEOUT_SECONDS)
        how = Way.PLAN if self.noted[-1] is run.Way.PLANNED else Way.MIXED
        return answered(fast), answered(slow), how if isinstance(fast, bytes) else None


def told(body: bytes) -> tuple[object, object]:
    """What an answer of the ordinary executor says for sure.

    Of fields that fail side by side under one null it tells of the one that happened to fail
    first; that something failed there, and every failure with a null of its own, is certain.
    """
    answer = orjson.loads(body)
    errors = answer.get("errors", [])
    if "data" not in answer:
        return None, errors
    return answer["data"], sorted({*(_certain(answer["data"], error) for error in errors)})


def _certain(data: Any, error: Mapping[str, Any]) -> str:
    for depth, key in enumerate(path := error["path"]):
        if data is None:
            return repr(path[:depth])
        data = data[key]
    return repr(error)


RUNNER = asyncio.Runner()


@pytest.fixture(scope="module")
def ground(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    made = RUNNER.run(_ground(databases, tmp_path_factory.mktemp("sameness")))
    yield made
    RUNNER.run(made.region.database.close())


async def _ground(databases: Databases, folder: Path) -> Ground:
    chosen = Settings(regions=("kursk",), data_dir=folder, max_page=60, max_depth=20)
    database = Database(await databases.fresh("kursk"))
    region = replace(open_region("kursk", chosen), database=database)
    await fill(region, APPEALS)
    async with region.work(system()) as work:
        appeals = [*await work.session.scalars(select(Appeal).order_by(Appeal.id))]
        bodies = [*await work.session.scalars(select(Body).order_by(Body.id).limit(6))]
        people = [*await work.session.scalars(select(Person.id).order_by(Person.id).limit(3))]
        group = await clusters.join(work, [a.id for a in appeals[:3]], "одна и та же яма")
        await search.propose(work, appeals[5].id)
        pools = _pools(appeals, bodies, people, group.id)
    places = frozenset(a.municipality for a in appeals[:20] if a.municipality)
    scopes = (
        Scope(),
        Scope(blocks=frozenset(a.block for a in appeals[:9] if a.block)),
        Scope(blocks=frozenset()),
        Scope(municipalities=places),
        Scope(bodies=frozenset(b.id for b in bodies[:2])),
        Scope(blocks=frozenset({"housing"}), bodies=frozenset(b.id for b in bodies)),
    )
    schema = build_schema(region)
    noted: list[run.Way] = []
    executor = Executor(schema, chosen, lambda way, _: noted.append(way))
    return Ground(region, Requested(schema._schema, chosen), executor, pools, scopes, noted)


def _pools(
    appeals: Sequence[Appeal], bodies: Sequence[Body], people: Sequence[int], cluster: int
) -> Mapping[str, Sequence[Any]]:
    ids = [global_id("Appeal", a.id) for a in (appeals[0], appeals[1], appeals[5], appeals[-1])]
    organs = [global_id("Body", b.id) for b in bodies[:3]]
    wrong = [organs[0], global_id("Person", people[0]), "мусор", "QXBwZWFsOjA="]
    middle = appeals[len(appeals) // 2]
    cursors = [write_cursor(ORDERS[AppealOrder.NEWEST], [middle.received_at, middle.id])]
    numbers = [write_cursor(BY_NUMBER, [bodies[1].id])]
    return {
        "id": [*ids, *organs, global_id("Person", people[0]), global_id("Cluster", cluster), "x"],
        "appeal.id": [*ids * 6, *wrong],
        "ID": [*ids, *organs],
        "body": organs,
        "block": ["housing", "roads", "ecology"],
        "theme": ["housing", "roads", "health"],
        "municipality": [a.municipality for a in appeals[:4] if a.municipality],
        "channel": [appeals[0].channel, "letter"],
        "key": [b.key for b in bodies],
        "role": ["curator", "executor", "никто"],
        "text": ["яма", "дорога двор", "", "12"],
        "after": [*numbers * 20, *cursors, "x", ""],
        "before": [*numbers * 20, *cursors, "x", ""],
        "appeals.after": [*cursors * 20, *numbers, "x", ""],
        "appeals.before": [*cursors * 20, *numbers, "x", ""],
        "first": [*[0, 1, 2, 3, 5, 7, 20, 60] * 5, -1, 61],
        "last": [1, 2, 20],
        "ref": ["ru.1844/1", "ru.1844/10.в", "нет"],
        "period": ["2026-W14", "2026-03", "2026-Q3", "2026", "вчера"],
        "kinds": ["Deadline", "Block"],
        "mutation": [*["transferAppeal", "leaveUnanswered", "correctAppeal"] * 5, "нет"],
        "method": [*["federal", "regional"] * 5, "нет"],
        "Int": [0, 1, 5],
        "Float": [0.5, 1],
        "Boolean": [True, False],
        "Date": [*["2026-03-02", "2020-01-01", "2026-08-01", "2026-10-10"] * 5, "вчера"],
        "DateTime": [*[f"{a.received_at:%Y-%m-%dT%H:%M:%SZ}" for a in appeals[::6]] * 5, "x"],
    }


@settings(
    max_examples=CASES,
    deadline=None,
    database=None,
    derandomize=not WHOLE,
    suppress_health_check=[*HealthCheck],
)
@given(data=st.data())
def compare(data: st.DataObject, ground: Ground) -> None:
    """One query through both executors, and where a plan answered it, again with less rights.

    All is drawn before anything is answered: what an answer is depends on what was read before.
    """
    query = Writer(ground.executor._schema._schema, ground.pools, data.draw).query()
    actor = data.draw(actors(ground.scopes))
    fewer = [data.draw(narrower(actor, ground.scopes)) for _ in range(FEWER if actor.grants else 0)]
    answer, way = ground.same(query, actor)
    ground.ways[way] += 1
    if way in (Way.PLAN, Way.MIXED):
        # The plan that one actor's query left behind answers the next ones, who may see less.
        for less in fewer:
            other, again = ground.same(query, less)
            ground.ways[again] += 1
            ground.narrowed[again in (Way.PLAN, Way.MIXED), other != answer] += 1


def test_both_executors_answer_alike(
    ground: Ground, pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    """Identical bytes, and of plans; what few queries hold besides changes with the schema."""
    compare(ground=ground)
    ways, narrowed = ground.ways, ground.narrowed
    report = f"\n{dict(ways)}; asked again (by a plan, answered otherwise): {dict(narrowed)}"
    with capsys.disabled():
        pytestconfig.get_terminal_writer().line(report)
    assert ways.total() >= CASES
    assert (ways[Way.PLAN] + ways[Way.MIXED]) * 5 > ways.total() * 2
    assert ways[Way.MIXED] * (20 if WHOLE else CASES) > ways.total() - ways[Way.ERRORS]
    assert ways[Way.PLAN] + ways[Way.MIXED] > ways[Way.ORDINARY] * 3
    assert narrowed.total() > CASES // 3
    assert not WHOLE or narrowed[True, True] > CASES // 300


def test_a_plan_shows_less_to_who_may_see_less(ground: Ground) -> None:
    query, answers = Query("{ appeals(first: 5) { totalCount nodes { id } } }", {}), set()
    for scope in (Scope(), Scope(blocks=frozenset())):
        grant = Grant("some", 1, frozenset(Permission), scope)
        answers.add(ground.same(query, Actor("somebody", None, (grant,))))
    assert [way for _, way in answers] == [Way.PLAN] * 2


EVERY_ROW = "{ appeals { edges { cursor node { proposals { score } } } totalCount } }"
"""Every row fails, and graphql-core tells of whichever failed first."""

READING = """{ appeals { totalCount nodes { ledger { body { name } } proposals { score } } }
  persons { totalCount nodes { id } } }"""
"""What fails leaves the fields beside it reading."""

MORE = 25  # times than there are connections


@pytest.mark.parametrize(("text", "times"), [(EVERY_ROW, 5), (READING, MORE)])
def test_fields_that_fail_side_by_side(ground: Ground, text: str, times: int) -> None:
    allowed = frozenset(Permission) - {Permission.JOIN_DUPLICATES}
    actor = Actor("somebody", None, (Grant("some", 1, allowed, Scope()),))
    for _ in range(times):
        _, way = ground.same(Query(text, {}), actor)
        assert way is Way.ERRORS


def test_of_failures_under_one_null_the_first_is_told() -> None:
    def answer(data: object, *paths: list[object]) -> bytes:
        return orjson.dumps({"data": data, "errors": [{"path": path} for path in paths]})

    both: Any = {"a": None}
    assert told(answer(both, ["a", 0, "x"])) == told(answer(both, ["a", 9, "y"]))
    assert told(answer(both, ["a"])) != told(answer({"b": None}, ["b"]))
    two: Any = {"a": {"x": None, "y": None}}
    assert told(answer(two, ["a", "x"])) != told(answer(two, ["a", "x"], ["a", "y"]))


@pytest.fixture(autouse=True)
def no_plan_fails(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """An error that a plan did not foresee is a mistake even where the other executor answers."""
    monkeypatch.setattr("schema.graphql.errors.uuid.uuid4", lambda: uuid.UUID(int=0))
    yield
    assert [r.getMessage() for r in caplog.records if "plan" in r.getMessage()] == []
