"""Certificates: verified offline, and broken by the change of any byte."""

from __future__ import annotations

import hashlib
from datetime import date

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.appeals.certificate import Verification, certify, verify
from core.appeals.ledger import pure, read_entries
from core.appeals.prolongation import prolong
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from tests.core.appeals.conftest import Desk
from tests.nets.test_certificates import shuffled


async def certificate(desk: Desk, *, prolonged: bool = False) -> str:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    if prolonged:
        async with desk.work(desk.chief) as work:
            await prolong(work, taken.appeal_id, date(2026, 4, 9), "экспертиза", "срок продлён")
    async with desk.work(desk.coordinator) as work:
        entries = pure(await read_entries(work, taken.appeal_id))
        return certify(work, await desk.appeal(taken.appeal_id), entries)


def check(region: Region, text: str) -> Verification:
    return verify(text, region.rules, region.keys, region.calendar)


@pytest.mark.clause("ru.1844/2.accelerated-resolution.deadline", "fz59/8.2", "fz59/12.1")
async def test_a_certificate_says_what_a_lawyer_needs(desk: Desk) -> None:
    found = check(desk.region, await certificate(desk))
    assert (found.region, found.appeal, found.same_edition) == ("polygon", "ПЛ-2026-000001", True)
    governing = [due for due in found.deadlines if due["governs"]]
    assert [(due["clause"], due["due_at"]) for due in governing] == [
        ("ru.1844/2.accelerated-resolution.deadline", "2026-04-01T18:59:59+00:00")
    ]
    assert {due["rule"] for due in found.deadlines} == {
        "registration",
        "accelerated",
        "answer",
        "promised",
    }


@pytest.mark.clause("fz59/12.2")
async def test_a_prolonged_one_lists_the_term_it_left(desk: Desk) -> None:
    found = check(desk.region, await certificate(desk, prolonged=True))
    dues = {due["rule"]: (due["due_at"], due["governs"]) for due in found.deadlines}
    assert dues["accelerated"] == ("2026-04-01T18:59:59+00:00", False)
    assert dues["answer"] == ("2026-04-09T18:59:59+00:00", True)


async def test_in_which_order_the_law_lists_its_terms_says_nothing(desk: Desk) -> None:
    text = await certificate(desk)
    found = verify(text, shuffled(desk.region.rules), desk.region.keys, desk.region.calendar)
    assert found.deadlines == tuple(orjson.loads(text)["deadlines"])


async def test_any_byte_changed_breaks_it(desk: Desk) -> None:
    text = await certificate(desk)
    raw = text.encode()

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(raw) - 1), st.integers(1, 255))
    def change(position: int, mask: int) -> None:
        broken = bytearray(raw)
        broken[position] ^= mask
        with pytest.raises((Refusal, UnicodeDecodeError)):
            check(desk.region, bytes(broken).decode())

    change()


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"kind":"tsur.deadline/1"}', "\ud83d"])
async def test_what_is_no_certificate_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        check(desk.region, text)
    assert refused.value.code is RefusalCode.CERTIFICATE_INVALID


async def test_a_false_deadline_signed_by_the_key_itself_is_found(desk: Desk) -> None:
    content = orjson.loads(await certificate(desk))
    signature = content.pop("signature")
    content["deadlines"][2]["due_at"] = "2026-05-01T18:59:59+00:00"
    digest = hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS))
    content["signature"] = desk.region.keys.sign(digest.hexdigest().encode())
    assert content["signature"] != signature
    with pytest.raises(Refusal, match="сроки получаются другими"):
        check(desk.region, orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode())
