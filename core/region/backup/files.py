"""What of a region lies in the data folder beside its database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.kernel.keyring import DATA_FILE, DATABASE_FILE, SIGNING_FILE
from core.kernel.sealing.vault import FILE as VAULT_FILE
from core.region.erasing.outside import FILE as ERASURES

NOT_KEPT = (DATABASE_FILE, DATA_FILE, SIGNING_FILE, VAULT_FILE, ERASURES, "rotation.lock")
"""The database, which is copied by its own means; keys, which are asked for; persons' keys, which
no copy may bring back once they are destroyed; the list by which that is done; what a run needs."""


def kept_files(folder: Path) -> Iterator[Path]:
    """Every file of the region that belongs into a copy, in a settled order.

    Hidden ones are somebody's drafts, and so is what lies in hidden folders.
    """
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        own = parts[0].startswith(NOT_KEPT) or any(part.startswith(".") for part in parts)
        if not own and path.is_file() and not path.is_symlink():
            yield path
