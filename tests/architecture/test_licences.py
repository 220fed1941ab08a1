"""Everything that comes with the product may: its licence is listed, and compatible with ours."""

from __future__ import annotations

from tests.architecture.licences import COMPATIBLE, licence_of, needed, normal, terms, written


def test_every_package_is_listed_with_the_licence_that_it_says() -> None:
    """The page has more where another Python or another system needs less."""
    listed = written()
    installed = {normal(one.name): licence_of(one) for one in needed()}
    assert {name: listed.get(name) for name in installed} == installed
    assert len(installed) > 50


def test_every_licence_is_compatible() -> None:
    unfit = {name: said for name, said in written().items() if not terms(said) <= COMPATIBLE}
    assert unfit == {}
    assert terms("MPL-2.0 AND (Apache-2.0 OR MIT)") == {"MPL-2.0", "Apache-2.0", "MIT"}
    assert not terms("GPL-3.0-only") <= COMPATIBLE
