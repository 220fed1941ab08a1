"""The mutants of a file: mutmut's own mutations, each as the text of the whole file.

One kind is left out: another wording of a sentence. A literal with a Cyrillic letter and a blank
is what people read, its text is held by the snapshots, and those are not asked here. Keys, codes,
references and single words are mutated.
"""

from __future__ import annotations

import difflib
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path

import libcst
from mutmut.mutation.file_mutation import Mutation, create_mutations

from tests.places import ROOT

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one thing changed in one function; `text` is the whole file."""

    path: Path
    number: int
    text: str

    @property
    def name(self) -> str:
        """How it is asked for again: the file and its number among the file's mutants."""
        return f"{self.path}:{self.number}"

    @property
    def line(self) -> int:
        """The first line that differs, from 1."""
        before = (ROOT / self.path).read_text(encoding="utf-8").splitlines()
        pairs = zip_longest(before, self.text.splitlines())
        return next(number for number, (old, new) in enumerate(pairs, start=1) if old != new)

    @property
    def difference(self) -> str:
        """The changed lines alone."""
        before = (ROOT / self.path).read_text(encoding="utf-8").splitlines()
        lines = difflib.unified_diff(before, self.text.splitlines(), lineterm="", n=0)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def mutants_of(path: Path) -> list[Callable[[], Mutant]]:
    """What makes each mutant of the file's functions, in its order: few are ever made."""
    code = (ROOT / path).read_text(encoding="utf-8")
    module, mutations, *_ = create_mutations(str(path), code)
    within = [
        one
        for one in mutations
        if one.contained_by_top_level_function is not None and not _reworded(one.original_node)
    ]

    def made(number: int, one: Mutation) -> Mutant:
        changed = libcst.ensure_type(
            module.deep_replace(one.original_node, one.mutated_node), libcst.Module
        )
        return Mutant(path, number, changed.code)

    return [partial(made, number, one) for number, one in enumerate(within)]


def _reworded(node: libcst.CSTNode) -> bool:
    """Whether what is changed is a sentence in Russian."""
    if not isinstance(node, libcst.SimpleString | libcst.FormattedStringText):
        return False
    return " " in node.value.strip("\"' ") and CYRILLIC.search(node.value) is not None


def sample(paths: Sequence[Path], number: int, seed: int) -> list[Mutant]:
    """So many mutants of all of these files, the same for the same seed and code."""
    every = [make for path in paths for make in mutants_of(path)]
    chosen = random.Random(seed).sample(every, min(number, len(every)))
    return sorted((make() for make in chosen), key=lambda mutant: (mutant.path, mutant.number))


def named(name: str) -> Mutant:
    """The mutant of this name, `core/law/merge.py:12`."""
    path, _, number = name.rpartition(":")
    return mutants_of(Path(path))[int(number)]()
