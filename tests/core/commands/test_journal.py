"""`tsur verify journal`, `tsur journal` and `tsur witness` from sealing to a witness's word."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import orjson

from tests.core.commands.conftest import Run


def test_a_journal_is_sealed_witnessed_and_verified(settled: Run, tmp_path: Path) -> None:
    assert settled("journal", "seal", "polygon")[0] == 0
    key = settled("journal", "key", "polygon")[1].strip()
    witness = settled("witness", "key", "--name", "w.example")[1].strip()
    assert settled("witness", "trust", key, "--name", "w.example")[0] == 0
    asked = tmp_path / "asked"
    asked.write_text(settled("journal", "request", "polygon", "--of", witness)[1])
    assert asked.read_text().startswith("old 0\n\ntsur/polygon/journal\n")
    given = tmp_path / "given"
    given.write_text(settled("witness", "sign", str(asked), "--name", "w.example")[1])
    words = ("journal", "accept", "polygon", str(asked), str(given), "--of")
    code, out, err = settled(*words, witness)
    assert (code, err) == (0, "")
    assert out == "polygon: подпись свидетеля «w.example» сохранена\n"
    assert settled(*words, key)[0] == 1
    code, out, err = settled("verify", "journal", "polygon")
    assert (code, err) == (0, "")
    assert out.startswith("polygon: журнал верен: строк ")


def test_what_was_changed_is_named(settled: Run, tmp_path: Path) -> None:
    assert settled("journal", "seal", "polygon")[0] == 0
    with closing(sqlite3.connect(tmp_path / "state" / "polygon" / "tsur.db")) as database:
        database.execute("DROP TRIGGER journal_refuse_update")
        database.execute("UPDATE journal SET actor = 'other' WHERE id = 2")
        database.commit()
    code, out, err = settled("verify", "journal", "polygon", "--json")
    assert out.count("\n") == 1
    assert (code, err) == (1, "")
    found = orjson.loads(out)["polygon"]["faults"]
    assert found == [{"where": "journal:2", "what": "строка изменена после запечатывания"}]
    code, out, err = settled("verify", "journal", "polygon")
    assert (code, out) == (1, "")
    assert err.splitlines()[0] == "polygon: journal:2: строка изменена после запечатывания"
