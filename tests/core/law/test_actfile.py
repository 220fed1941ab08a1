"""What is wrong with the data file of an act is said with the file, and with the line if any."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from core.law.actfile import ActFile
from core.law.fault import LawError

FILES: dict[str, tuple[bytes | None, str, str]] = {
    "no file": (None, "файла нет", ""),
    "another encoding": ("id = 'а'".encode("cp1251"), "файл не в UTF-8", ""),
    "broken off": (b'id = "a', "TOML обрывается: Unterminated string (at end of document)", ""),
    "no TOML": (b'id = "a"\nname = = 1\n', "это не TOML, столбец 8: Invalid value", ":2"),
    "one clause": (b"clause = 1\n", "нужны нормы: таблицы [[clause]]", ""),
}


@pytest.mark.parametrize(("content", "said", "line"), FILES.values(), ids=FILES)
def test_what_is_wrong_with_a_file(
    tmp_path: Path, content: bytes | None, said: str, line: str
) -> None:
    path = tmp_path / "act.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LawError) as refused:
        ActFile.read(path)
    assert str(refused.value) == f"{path}{line}: {said}"


def test_a_file_knows_where_each_clause_begins(tmp_path: Path) -> None:
    path = tmp_path / "act.toml"
    path.write_text('id = "a"\n\n[[clause]]\nid = "1"\n\n[[clause]]\nid = "2"\n', encoding="utf-8")
    found = ActFile.read(path)
    assert (found.head, found.entries) == ({"id": "a"}, ({"id": "1"}, {"id": "2"}))
    assert [found.line(number) for number in range(3)] == [3, 6, 1]


@dataclass(frozen=True)
class Table:
    name: str
    number: int = 0


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "x", "numbr": 1}, "лишний ключ «numbr»; похожий: «number»"),
        ({"number": 1}, "нет ключа «name»"),
        ({"name": 1}, "поле name: нужно str, дано 1 (int)"),
    ],
)
def test_a_table_that_is_not_as_it_should_be_is_told_by_its_line(
    values: dict[str, object], said: str
) -> None:
    found = ActFile(Path("act.toml"), {}, (), ())
    assert found.make(Table, {"name": "x"}) == Table("x")
    with pytest.raises(LawError) as refused:
        found.make(Table, values, 7)
    assert str(refused.value) == f"act.toml:7: {said}"
