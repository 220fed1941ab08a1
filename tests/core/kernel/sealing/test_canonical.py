"""Canonical bytes are what the vectors say, today and after every migration."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import orjson
import pytest
from sqlalchemy import JSON, Boolean, ColumnElement, Date, Integer, LargeBinary, String

from core.db.database import UtcDateTime
from core.kernel.sealing.canonical import canonical
from core.kernel.sealing.commitments import commitment, lock, new_salts, unlock
from core.kernel.sealing.forms import WRITTEN, leaf_content
from core.region.sealing.kinds import KINDS, Kind
from tests.places import ROOT

FILE = ROOT / "tests" / "data" / "sealing" / "vectors.csv"
MOMENT = datetime(2026, 3, 2, 12, 0, 1, 500, UTC)
ROWS: dict[str, dict[str, object]] = {
    "journal": {
        "at": MOMENT, "actor": "ivanov", "name": "appeal.taken_in", "subject": "appeal:7",
        "cause": None, "before": {}, "after": {"state": "queued", "block": None, "n": [1, 1.5]},
    },
    "ledger": {
        "appeal_id": 7, "seq": 1, "fact": "received", "at": MOMENT, "recorded_at": MOMENT,
        "actor": "ivanov", "body": "ministry", "clause": "fz59.8.1", "reason": "ё и е\u0308",
        "data": {"б": True, "a": False, "я": {"b": -1}},
    },
    "answer": {
        "appeal_id": 7, "body_id": 3, "author": "ivanov", "kind": "final", "text": "Яма.",
        "outcome": "planned", "norm": None, "plan_date": date(2026, 6, 1),
        "evidence": [{"kind": "photo", "reference": "f-1"}], "written_at": MOMENT,
        "signer": None, "signed_as": None, "signature": None, "signed_at": None,
        "signed_digest": None, "returned_at": None, "returned_for": None, "sent_at": None,
        "late": None,
    },
}  # fmt: skip
SALT, NONCE = bytes(range(16)), bytes(range(100, 116))


SAMPLES: dict[type, object] = {
    Integer: 7, String: "строка", Boolean: True, LargeBinary: b"\x00\xff",
    Date: date(2026, 6, 1), UtcDateTime: MOMENT, JSON: {"б": [1, None]},
}  # fmt: skip


def sample(kind: Kind) -> dict[str, object]:
    """A row of a table that has none above: a value for each column by its type."""
    return {name: _sample(getattr(kind.model, name).expression) for name in kind.form.columns}


def _sample(column: ColumnElement[Any]) -> object:
    if column.foreign_keys:  # has no type of its own before all tables are known
        return 7
    return next(value for kind, value in SAMPLES.items() if isinstance(column.type, kind))


def vectors() -> list[tuple[str, str]]:
    """What is hashed, and to what."""
    values = {
        "none": None, "true": True, "false": False, "zero": 0, "negative": -20,
        "large": 2**63 - 1, "empty text": "", "composed": "ё", "decomposed": "е\u0308",
        "nul": "a\0b", "moment": MOMENT, "before the epoch": datetime(1969, 12, 31, tzinfo=UTC),
        "day": date(2000, 2, 29), "bytes": b"\x00\xff", "fraction": 0.1, "list": [1, "1", None],
        "object": {"b": 1, "a": {"в": [], "": {}}},
    }  # fmt: skip
    told = [(f"value {name}", canonical(value).hex()) for name, value in values.items()]
    for name, kind in KINDS.items():
        row, form = ROWS.get(name) or sample(kind), kind.form
        said = {
            one: commitment(SALT, f"{name}.{one}", row[one])
            for one in form.personal
            if row[one] is not None
        }
        told += [(f"commitment {name}.{one}", digest.hex()) for one, digest in said.items()]
        digest = form.digest(WRITTEN, NONCE, row, said)
        told.append((f"row {name}", digest.hex()))
        told.append((f"leaf {name}", sha256(leaf_content(name, 12, 1, digest)).hexdigest()))
    return told


def test_the_vectors_hold() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)] == vectors()


def test_text_is_folded_in_no_way_and_types_are_told_apart() -> None:
    assert canonical("ё") != canonical("е\u0308")
    assert len({canonical(one) for one in (1, "1", True, 1.0, None, [1], b"1")}) == 7
    assert canonical([["a"], "b"]) != canonical([["a", "b"]])


def test_one_moment_has_one_spelling() -> None:
    there = timezone(timedelta(hours=11))
    assert canonical(MOMENT) == canonical(MOMENT.astimezone(there))


def test_what_json_gives_back_is_what_it_was_given() -> None:
    value = {"b": (1, 2), "a": 1e22, "я": None}
    assert canonical(orjson.loads(orjson.dumps(value))) == canonical(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        canonical(value)


def test_what_no_format_knows_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        canonical({"a": {1}})


def test_salts_are_read_by_their_own_key_alone() -> None:
    salts, key = new_salts(2), (b"n" * 16, b"k" * 32)
    locked = lock(salts, key)
    assert unlock(locked, key[1]) == salts
    assert unlock(locked, b"x" * 32) is None
    assert unlock(locked[:-1], key[1]) is None
