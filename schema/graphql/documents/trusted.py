"""Operations known by their SHA-256: registered in files, or learned from clients that ask so.

A client may send `extensions.persistedQuery.sha256Hash` alone. What nobody registered it is asked
to send once with its text (automatic persisted queries), unless the installation runs registered
operations only (`TSUR_TRUSTED_DOCUMENTS=only`): then it runs nothing else, with or without a text.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from graphql import GraphQLError

from core.kernel.codes import RefusalCode
from core.kernel.settings import Settings
from schema.graphql.operation import Operation

OWN = Path(__file__).parents[2] / "operations"
LEARNED_CHARACTERS = 2_000_000
"""How long all learned documents are together."""


@dataclass(slots=True)
class TrustedDocuments:
    """The texts by their hashes."""

    registered: Mapping[str, str]
    only: bool
    _learned: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _length: int = 0

    def text(self, asked: Operation) -> str:
        """The text to run; GraphQLError for a hash that is unknown, wrong, or not registered."""
        if asked.digest is None:
            if self.only and digest_of(asked.query) not in self.registered:
                raise _error("Здесь выполняются только известные операции", RefusalCode.FORBIDDEN)
            return asked.query
        if asked.query and digest_of(asked.query) != asked.digest:
            raise _error("Отпечаток не от этого текста", RefusalCode.INVALID)
        known = self.registered.get(asked.digest) or self._learned.get(asked.digest)
        if known is not None:
            return known
        if self.only:
            raise _error("Здесь выполняются только известные операции", RefusalCode.FORBIDDEN)
        if not asked.query:
            raise _error("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")
        self._learn(asked.digest, asked.query)
        return asked.query

    def _learn(self, digest: str, text: str) -> None:
        self._learned[digest] = text
        self._length += len(text)
        while self._length > LEARNED_CHARACTERS:
            _, forgotten = self._learned.popitem(last=False)
            self._length -= len(forgotten)


def trusted_documents(settings: Settings) -> TrustedDocuments:
    """The product's own operations, and those of the folder that the settings name."""
    folders = [OWN] if settings.operations_dir is None else [OWN, settings.operations_dir]
    texts = [text for folder in folders for text in _texts(folder)]
    registered = {digest_of(text): text for text in texts}
    return TrustedDocuments(registered, settings.trusted_documents == "only")


def digest_of(text: str) -> str:
    """The SHA-256 of a document's text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _texts(folder: Path) -> Iterable[str]:
    return (path.read_text("utf-8") for path in sorted(folder.glob("*.graphql")))


def _error(text: str, code: str) -> GraphQLError:
    return GraphQLError(text, extensions={"code": code})
