"""The lock: everything pinned with hashes, installable anywhere, saying nothing of its origin."""

from __future__ import annotations

import re
import tomllib

from tests.places import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
REFERENCE = (ROOT / ".ci/reference.lock").read_text(encoding="utf-8")
PIN = re.compile(r"^([a-z0-9-]+)==\S+(?: ; [^\\]+)? \\$", re.MULTILINE)
ADDRESS = re.compile(r"https?:|file:|--(extra-)?index|--find-links|(^|\s)/\w", re.MULTILINE)


def entries() -> dict[str, str]:
    """What stands under each pinned name, up to the next one."""
    starts = [(match.group(1), match.start()) for match in PIN.finditer(LOCK)]
    ends = [start for _, start in starts[1:]] + [len(LOCK)]
    return {name: LOCK[start:end] for (name, start), end in zip(starts, ends, strict=True)}


def wanted() -> set[str]:
    """Every distribution that the project asks for, in the lock's spelling."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = (re.match(r"[\w.-]+", line) for line in asked)
    return {re.sub(r"[-_.]+", "-", name.group()).lower() for name in names if name}


def test_everything_asked_for_is_pinned() -> None:
    assert wanted() - set(entries()) == set()


def test_every_pin_has_its_hashes() -> None:
    assert len(entries()) > len(wanted())
    assert [name for name, entry in entries().items() if "--hash=sha256:" not in entry] == []


def test_every_line_is_a_pin_a_hash_or_a_remark() -> None:
    odd = [
        line
        for line in LOCK.splitlines()
        if not PIN.match(line) and not re.match(r"    --hash=sha256:[0-9a-f]{64}|\s*#", line)
    ]
    assert odd == []


def test_it_names_no_address_and_no_machine() -> None:
    assert ADDRESS.search(LOCK) is None


def test_what_statistics_are_compared_with_goes_beside_the_rest() -> None:
    """Every library of the extra is pinned with hashes; what both locks name is of one version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {line.partition(">")[0] for line in project["optional-dependencies"]["reference"]}
    told = set(re.findall(r"^([a-z0-9-]+)(==\S+)", LOCK, re.MULTILINE))
    known = {name for name, _ in told}
    pinned = re.findall(r"^([a-z0-9-]+)(==\S+)", REFERENCE, re.MULTILINE)
    assert asked <= {name for name, _ in pinned}
    assert not asked & known, "the product needs none of them"
    assert [one for one in pinned if one[0] in known and one not in told] == []
    assert REFERENCE.count("--hash=sha256:") >= len(pinned)
    assert ADDRESS.search(REFERENCE) is None
