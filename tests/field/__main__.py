"""`make field DIR=folder`: every case of the folder, a line each; 1 where one differs."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.field.cases import differences, migrated


def main(folder: Path) -> int:
    """Run the cases in their order; the exit status."""
    cases = sorted(path.parent for path in folder.glob("*/expected.toml"))
    if not cases:
        print(f"{folder}: нет ни одного случая", file=sys.stderr)
        return 2
    differing = 0
    with tempfile.TemporaryDirectory() as scratch:
        empty = migrated(Path(scratch, "migrated"))
        for case in cases:
            found = differences(case, empty, Path(scratch, "cases", case.name))
            differing += bool(found)
            print(f"{case.name}: {'; '.join(found) or 'ok'}", flush=True)
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
