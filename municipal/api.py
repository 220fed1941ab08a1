"""What plugins may import of the municipal layer."""

from __future__ import annotations

import core.law.retired

__all__: list[str] = []

RETIRED: tuple[core.law.retired.Retired, ...] = ()
"""Names that a release still keeps and another drops, as docs/layer.md lists them."""

core.law.retired.keep(__name__, RETIRED)
