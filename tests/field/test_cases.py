"""Files in the shapes that people really send, run by `tsur` itself as an operator does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.field.cases import Place, differences, migrated
from tests.places import DATA, SHARED

CASES = sorted(
    path.parent for home in (DATA, SHARED) for path in home.glob("field/*/expected.toml")
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return migrated(tmp_path_factory.mktemp("field") / "empty")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_from_life(case: Path, empty: Place, tmp_path: Path) -> None:
    assert differences(case, empty, tmp_path / "state") == []


def test_a_difference_is_told(empty: Place, tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "a.csv").write_text("external_id;channel;text;received\n1;hotline;Яма;10.11.2021\n")
    (case / "expected.toml").write_text(
        '[[import]]\nfile = "a.csv"\nadded = 2\nwarned = true\njson_has = ["colour"]\n'
        '[[row]]\nexternal_id = "1"\nchannel = "letter"\n[[row]]\nexternal_id = "2"\n'
        '[[exported]]\ncontains = "pigeon"\n'
        '[[text]]\nexternal_id = "1"\nequals_or_absent = "Лужа"\n'
    )
    assert differences(case, empty, tmp_path / "state") == [
        "a.csv: added is 1, not 2",
        "a.csv: nobody was warned",
        "a.csv: the JSON has no colour",
        "1: channel is 'hotline', not 'letter'",
        "2: 0 lines in the export",
        "the export does not contain 'pigeon'",
        "1: the text is 'Яма'",
    ]
