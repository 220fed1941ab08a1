"""What links to citizens may begin with in production."""

from __future__ import annotations

import pytest

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.public_address import require_public_url
from core.kernel.settings import Settings


@pytest.mark.parametrize(
    ("url", "well"),
    [
        ("https://tsur.example.ru", True),
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("http://localhost:8000", True),
        ("http://tsur.example.ru", False),
        ("http://127.0.0.1.example.ru", False),
        ("http://10.0.0.1", False),
        ("http://localhost.example.ru", False),
    ],
)
def test_plain_http_is_for_this_machine_alone(url: str, well: bool) -> None:
    require_public_url(Settings(production=False, public_url=url))
    settings = Settings(production=True, public_url=url)
    if well:
        require_public_url(settings)
    else:
        with pytest.raises(Refusal, match="начинается с https://") as refused:
            require_public_url(settings)
        assert refused.value.code is RefusalCode.INVALID
