from __future__ import annotations

import pytest

from bench.questions import leaves

OURS = {
    "appeals": {
        "nodes": [
            {
                "id": "QXBwZWFsOjE=",
                "state": "IN_WORK",
                "dueAt": "2026-03-02T20:59:59Z",
                "body": {"key": "a"},
            }
        ],
        "pageInfo": {"hasNextPage": True, "endCursor": "x"},
    }
}
THEIRS = {
    "appeals": {
        "nodes": [
            {
                "id": "1",
                "state": "in_work",
                "dueAt": "2026-03-02T23:59:59+03:00",
                "body": {"nodes": [{"key": "a"}]},
            }
        ],
        "pageInfo": {"hasNextPage": True, "endCursor": "y"},
    }
}


def test_the_same_answer_in_other_words_is_the_same() -> None:
    assert leaves(OURS) == leaves(THEIRS)
    assert leaves(OURS) == [
        ("state", "in_work"),
        ("dueAt", "2026-03-02T20:59:59+00:00"),
        ("key", "a"),
        ("hasNextPage", True),
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"state": "CLOSED", "mark": 1},
        {"state": "IN_WORK", "mark": None},
        {"mark": 1, "state": "IN_WORK"},
        {"state": "IN_WORK"},
    ],
)
def test_another_value_another_order_and_a_missing_field_are_not(other: dict[str, object]) -> None:
    assert leaves({"state": "IN_WORK", "mark": 1}) != leaves(other)
