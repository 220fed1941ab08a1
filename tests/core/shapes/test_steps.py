"""Whatever chain and whatever is said: k of n, side by side, in turn."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from core.kernel.codes import ActKind, Authority
from core.shapes.chains.rules import Chain, Claim, Party, Seat, Step, Turn


@dataclass(frozen=True)
class Said:
    """A decision, as the order of steps sees it."""

    step: str
    seat: int
    agreed: bool


def party(number: int) -> Party:
    """A body of its own for each seat."""
    return Party(Authority.BODY, "act/1", frozenset({ActKind.ORDER}), frozenset({f"b{number}"}))


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """One to four steps of one to four parties, in orders that may be shared."""
    steps = []
    for number in range(draw(st.integers(1, 4))):
        size = draw(st.integers(1, 4))
        need = draw(st.none() | st.integers(1, size))
        parties = tuple(party(seat) for seat in range(size))
        order = draw(st.integers(1, 3))
        steps.append(Step(f"s{number}", f"s{number}", order, parties, need))
    return Chain(tuple(steps))


CLAIMS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), max_size=40)


def needed(step: Step) -> int:
    return step.need or len(step.parties)


def counted(step: Step, taken: list[Said], agreed: bool) -> int:
    return sum((one.step, one.agreed) == (step.key, agreed) for one in taken)


@settings(deadline=None)
@given(chains(), CLAIMS)
def test_a_chain_is_taken_in_its_order(chain: Chain, claims: list[tuple[int, int, bool]]) -> None:
    """An oracle of its own counts what the chain says at each claim."""
    taken: list[Said] = []
    for number, seat, agreed in claims:
        missing = [s for s in chain.steps if counted(s, taken, True) < needed(s)]
        lost = any(len(s.parties) - counted(s, taken, False) < needed(s) for s in chain.steps)
        order = min((s.order for s in missing), default=0)
        due = [] if lost else [s for s in missing if s.order == order]
        key = f"s{number}"
        free = (key, seat) not in {(one.step, one.seat) for one in taken}
        expected = free and any(s.key == key and seat < len(s.parties) for s in due)
        found = chain.turn(taken, Claim(Authority.BODY, f"b{seat}"), key)
        assert isinstance(found, Seat) == expected
        if isinstance(found, Seat):
            assert (found.step.key, found.number) == (key, seat)
            taken.append(Said(key, seat, agreed))
        else:
            assert found.due == tuple(due)
            assert (found.why is Turn.OVER) == (not due)
    assert chain.finished(taken) == all(counted(s, taken, True) >= needed(s) for s in chain.steps)
    assert not (chain.finished(taken) and chain.open_now(taken))


@settings(deadline=None)
@given(chains())
def test_frozen_and_thawed_it_is_the_same(chain: Chain) -> None:
    assert Chain.thawed(chain.frozen()) == chain


@settings(deadline=None)
@given(chains())
def test_all_saying_yes_finish_it_and_each_is_asked_for_at_most_once(chain: Chain) -> None:
    taken: list[Said] = []
    for _ in range(20):
        for step in chain.open_now(taken):
            sat = counted(step, taken, True)
            found = chain.turn(taken, Claim(Authority.BODY, f"b{sat}"), step.deed)
            assert isinstance(found, Seat)
            taken.append(Said(found.step.key, found.number, True))
    assert chain.finished(taken)
    assert len(taken) == sum(needed(step) for step in chain.steps)
    orders = {step.key: step.order for step in chain.steps}
    assert [orders[one.step] for one in taken] == sorted(orders[one.step] for one in taken)


def test_why_a_claim_has_no_seat() -> None:
    one = Step("nominate", "nominate", 0, (party(0), party(1)), need=1)
    two = Step("approve", "approve", 1, (party(2),))
    chain = Chain((one, two))

    def why(taken: list[Said], body: int, deed: str | None) -> Turn | None:
        claim = Claim(Authority.BODY, f"b{body}")
        found = chain.turn(taken, claim, deed)
        if isinstance(found, Seat):
            return None
        assert (found.claim, found.deed) == (claim, deed)
        return found.why

    yes = Said("nominate", 0, True)
    assert why([], 0, "submit") is Turn.NO_SUCH_STEP
    assert why([], 3, "approve") is Turn.NO_SUCH_PARTY
    assert why([], 2, "approve") is Turn.NOT_NOW
    assert why([yes], 1, "nominate") is Turn.NOT_NOW
    assert why([yes], 2, None) is None
    assert why([yes, Said("approve", 0, False)], 2, "approve") is Turn.OVER
    assert why([yes, Said("approve", 0, True)], 2, "approve") is Turn.OVER
