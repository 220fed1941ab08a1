"""Words of people in what a fact carries: a row of the ledger never changes, so they stand in it
under a key that an erasure destroys.

What is not named here as plain is taken for such words: a new step hides what it carries until it
says that this is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from core.kernel.sealing.concealing import concealed, name_in, revealed
from core.kernel.sealing.vault import Vault

CONCEALED = "concealed"
"""Where the words stand in the data of a fact, each by its name."""

CORRECTED = "corrected"
"""What a correction has changed; it hides of that what an erasure destroys in the case itself."""

PLAIN = frozenset(
    (
        "answer", "appealed", "asked", "attachment", "by_appeal", "capacity", "category",
        "channel", "clock", "cluster", "days", "dispatch", "due_at", "executor",
        "executor_rank", "fault", "files_of", "ground", "highest", "identified_by", "importance",
        "inquiry", "kept", "kind", "late", "measure", "migration_sent", "moved", "number", "oral",
        "outcome", "owed", "own", "person", "plan_date", "presumed", "promised_at", "received_at",
        "record", "regime", "regime_clause", "results_for", "round", "route", "said_by", "shown",
        "signature", "stated_on", "unanswered", "until", "warned", "way", "with", CORRECTED,
    )
)  # fmt: skip
"""Codes, keys, numbers of the register, days, moments, by what office or power an official signs:
terms are counted by them, and they say nothing of a citizen."""


def kept(vault: Vault, data: Mapping[str, object]) -> dict[str, Any]:
    """The data of a fact as its row may keep it."""
    plain: dict[str, Any] = {name: value for name, value in data.items() if name in PLAIN}
    words = {name: value for name, value in data.items() if name not in PLAIN}
    return {**plain, CONCEALED: concealed(vault, words)} if words else plain


def require_plain(data: Mapping[str, object]) -> Mapping[str, object]:
    """The same data, for rows of which many have one; LookupError where it carries words."""
    if words := sorted(data.keys() - PLAIN):
        raise LookupError(f"Слова человека у многих строк сразу: {', '.join(words)}")
    return data


def word_of(vault: Vault, data: Mapping[str, Any], name: str) -> str:
    """A word of the data, as rows of before concealing keep it too; empty once it is destroyed."""
    hidden = data.get(CONCEALED, {}).get(name)
    if hidden is None:
        return str(data.get(name, ""))
    try:
        return str(revealed(vault, hidden))
    except LookupError:
        return ""


def keys_in(data: Mapping[str, Any]) -> Iterator[bytes]:
    """The names of the keys by which words in the data are concealed."""
    for hidden in (data.get(CONCEALED, {}), data.get(CORRECTED, {})):
        yield from (name_in(said) for said in hidden.values() if isinstance(said, str))
