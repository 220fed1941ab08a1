"""`tsur` whose clock is off by as many seconds as a file says, read each time it is asked.

`python -m tests.faults.jumping serve ...`: an injected clock for a whole process.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from core.commands import cli, regions
from core.region.opening import open_region

VARIABLE = "FAULTS_CLOCK"


def now() -> datetime:
    """This moment, moved by what the file says."""
    file = Path(os.environ[VARIABLE])
    return datetime.now(UTC) + timedelta(seconds=float(file.read_text() if file.exists() else 0))


if __name__ == "__main__":
    regions.open_region = partial(open_region, clock=now)  # type: ignore[attr-defined]
    cli.main()
