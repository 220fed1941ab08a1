"""Sentences of rules for readers: every key that a rule names stands under its Russian name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from core.kernel.codes import Authority
from core.kernel.rules.passport import Municipality
from core.law.reference import To, references
from core.law.rule import Rule
from core.law.rulebook import Rulebook

CODE = re.compile(r"`([^`]+)`")
REGIONS = 128
"""As many rulebooks as one process serves, and more."""

ANY = "*"
"""Stands for every key of a kind; the nouns of these kinds are feminine."""


@dataclass(frozen=True)
class Words:
    """The names of one rulebook. A key is looked for among the kinds that the rule's field names.

    So a block and a municipality of one key are told apart.
    """

    rulebook: Rulebook

    def said(self, rule: Rule) -> str:
        """The sentence of the rule; what has no name in this law stays as code."""
        names = self._of(rule)

        def name(found: re.Match[str]) -> str:
            known = names.get(found[1])
            if not known:
                return found[0]
            return known.pop(0) if len(known) > 1 else known[0]

        return CODE.sub(name, rule.sentence())

    def called(self, rule: Rule) -> str:
        """What a rule is called: by its name, or what its key or a field names; else its key."""
        own = getattr(rule, "name", None)
        if isinstance(own, str):
            return _quoted(own)
        about = references(_kind(rule))
        for field, to in sorted(about, key=lambda pair: pair[0] != "key"):
            value = getattr(rule, field)
            if isinstance(value, str) and (found := self._name(to, value, rule)):
                return found
        return f"`{rule.key}`"

    def whole(self, rule: Rule) -> str:
        """The sentence, with what the rule is about in front where it has a name and is silent."""
        said, about = self.said(rule), self.called(rule)
        silent = about.strip("«»") not in said and not about.startswith("`")
        return f"{about}: {said}" if silent else said

    def place(self, key: str, rule: Rule) -> str:
        """The municipality of this key."""
        return self._name(To(Municipality), key, rule) or f"`{key}`"

    def absorbed(self, rule: Rule) -> str:
        """What the rule takes in of its own kind, in the alphabet's order."""
        to = To(type(rule))
        return ", ".join(self._name(to, key, rule) or f"`{key}`" for key in sorted(rule.absorbs))

    def _of(self, rule: Rule) -> dict[str, list[str]]:
        """By key the names for it, in the order of the fields: each kind that has the key, once."""
        found: dict[str, list[str]] = {}
        for field, to in references(_kind(rule)):
            for key in to.named(getattr(rule, field)):
                name = self._name(to, key, rule)
                if name and name not in found.setdefault(key, []):
                    found[key].append(name)
        return found

    def _name(self, to: To, key: str, rule: Rule) -> str | None:
        if key in to.also:
            return f"любая {self._noun(to)}" if key == ANY else f"«{Authority(key).label}»"
        known = [one for kind in to.kinds for one in self._known.get((kind, key), ())]
        meeting = [one for one in known if one.overlaps(rule)] or known
        name = getattr(meeting[-1], "name", None) if meeting else None
        return _quoted(name) if isinstance(name, str) else None

    def _noun(self, to: To) -> str:
        """What one of the first kind that the field names is called."""
        nouns = {kind.kind_name(): kind.noun for kind in self.rulebook.kinds()}
        return nouns.get(to.kinds[0], "")

    @cached_property
    def _known(self) -> Mapping[tuple[str, str], list[Rule]]:
        found: dict[tuple[str, str], list[Rule]] = {}
        for kind in self.rulebook.kinds():
            for rule in self.rulebook.history(kind):
                found.setdefault((kind.kind_name(), rule.key), []).append(rule)
        return found


@lru_cache(maxsize=REGIONS)
def words_of(rulebook: Rulebook) -> Words:
    """The names of this rulebook, put together once."""
    return Words(rulebook)


def _quoted(name: str) -> str:
    """A name in quotation marks, those within it as Russian has them."""
    inner = name.replace("«", "„").replace("»", "“")
    return f"«{inner}»"


def _kind(rule: Rule) -> Any:
    """A class is a key of the kept references, which its type alone does not promise."""
    return type(rule)
