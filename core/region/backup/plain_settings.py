"""The settings of an installation that are no secrets, and the files that one of them names.

A copy keeps them to be set again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from core.kernel.environment import ELSEWHERE, PREFIX
from core.kernel.settings import RegionSettings, Settings, prefix_of

SECRET = re.compile(r"PASSWORD|PASSPHRASE|SECRET|TOKEN|KEY$|URL$")
"""What a name that no setting declares as a secret looks like when it is one; addresses may hold a
password."""

OPERATIONS = "*.graphql"
PUBLIC = frozenset({f"{PREFIX}PUBLIC_URL"})


def plain_settings(codes: Iterable[str]) -> dict[str, str]:
    """The variables TSUR_* of this process but for secrets; files of secrets stay named."""
    secret = {PREFIX + name.upper() for name in Settings.secrets}
    for code in codes:
        secret |= {prefix_of(code) + name.upper() for name in RegionSettings.secrets}
    return {
        name: value
        for name, value in sorted(os.environ.items())
        if name.startswith(PREFIX)
        and not name.startswith(ELSEWHERE)
        and name not in secret
        and (name in PUBLIC or not SECRET.search(name))
    }


def operations(settings: Settings) -> dict[str, str]:
    """The registered operations of the installation by the names of their files."""
    folder = settings.operations_dir
    if folder is None:
        return {}
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob(OPERATIONS))}
