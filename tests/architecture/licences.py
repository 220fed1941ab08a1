"""Licences of what comes with the product: `python -m tests.architecture.licences` writes them.

They are read out of the metadata of the packages that the product needs, and theirs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

from tests.places import ROOT

PAGE = ROOT / "docs" / "licences.md"
HEAD = """# Лицензии зависимостей

Порождается из метаданных установленных пакетов: `python -m tests.architecture.licences`. Здесь всё,
что ставится вместе с изделием; то, чем его только проверяют, сюда не входит. Изделие лицензировано
на условиях Apache-2.0 (`LICENSE`). Каждая лицензия ниже позволяет брать пакет зависимостью: LGPL и
MPL касаются только изменений в самих этих пакетах, а мы берём их неизменёнными.

| пакет | лицензия |
| --- | --- |
"""
SPELT = {
    "apache 2.0": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "isc": "ISC",
    "isc license (iscl)": "ISC",
    "lgplv3+": "LGPL-3.0-or-later",
    "gnu lesser general public license v3 or later (lgplv3+)": "LGPL-3.0-or-later",
    "mit": "MIT",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "mpl-2.0": "MPL-2.0",
    "psf-2.0": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
    "the unlicense (unlicense)": "Unlicense",
}
COMPATIBLE = frozenset({*SPELT.values(), "0BSD", "CC0-1.0", "MIT-0", "MIT-CMU", "Zlib"})
"""With which the product may be given away on the terms of Apache-2.0, as it stands."""

TERMS = re.compile(r"\s+(?:AND|OR|WITH)\s+|[()]")


def needed() -> Iterator[Distribution]:
    """Everything that is installed with the product here, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [Requirement(text) for text in project["dependencies"]]
    found: dict[str, Distribution] = {}
    while asked:
        one = asked.pop()
        extras = one.extras or {""}
        if one.marker and not any(one.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        try:
            known = distribution(one.name)
        except PackageNotFoundError:
            continue
        key = f"{normal(one.name)}[{','.join(sorted(one.extras))}]"
        if key not in found:
            found[key] = known
            asked += list(_requirements(known, one.extras or {""}))
    every = {normal(one.name): one for one in found.values()}
    yield from (every[name] for name in sorted(every))


def _requirements(one: Distribution, extras: set[str]) -> Iterator[Requirement]:
    for text in one.requires or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras):
            requirement.marker = None
            yield requirement


def normal(name: str) -> str:
    """The name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(one: Distribution) -> str:
    """As SPDX writes it: out of the field for it, the classifiers, or the old field."""
    if "License-Expression" in one.metadata:
        return str(one.metadata["License-Expression"])
    kinds = one.metadata.get_all("Classifier") or []
    names = [kind.rpartition(" :: ")[2] for kind in kinds if kind.startswith("License :: ")]
    names = [name for name in names if name != "OSI Approved"] or [str(one.metadata["License"])]
    return " AND ".join(dict.fromkeys(SPELT.get(name.lower(), name) for name in names))


def terms(licence: str) -> set[str]:
    """The single licences of an expression."""
    return {part for part in TERMS.split(licence) if part.strip()}


def page() -> str:
    """The page of docs."""
    rows = (f"| {normal(one.name)} | {licence_of(one)} |" for one in needed())
    return HEAD + "\n".join(rows) + "\n"


def written() -> dict[str, str]:
    """The licences by the names of packages, as the page has them."""
    rows = re.findall(
        r"^\| ([a-z0-9][a-z0-9-]*) \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE
    )
    return dict(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
