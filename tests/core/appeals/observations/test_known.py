"""A key that the law once had is looked for as any other; one that it never had is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.appeals.observations.known import check_by_law
from core.appeals.queries import AppealFilter
from core.kernel.errors import Refusal
from core.kernel.region import Region


def test_what_has_ended_is_known(compiled: Callable[[str], Region]) -> None:
    rules = compiled("chelyabinsk").rules
    check_by_law(
        rules, AppealFilter(municipalities=["korkinskiy", None], due_rules=["accelerated"])
    )
    with pytest.raises(Refusal, match="«korkinskij» в регионе не бывает; похоже на «korkinskiy»"):
        check_by_law(rules, AppealFilter(municipalities=["korkinskij"]))
