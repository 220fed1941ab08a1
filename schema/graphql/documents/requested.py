"""The document that a request asks to run: by its text, or by the hash of a known one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from graphql import GraphQLError, GraphQLSchema, OperationType

from core.kernel.aside import aside
from core.kernel.search import remember_forms
from core.kernel.settings import Settings
from schema.graphql.documents.parser import Document, Documents, InvalidDocument, Sized
from schema.graphql.documents.trusted import trusted_documents
from schema.graphql.operation import HttpRefusal, Operation

LONG = 1_000
"""Characters of a document; a longer one takes a few milliseconds to be read for the first time."""


class Requested:
    """Reads requests against one schema under the limits of the settings.

    `first` is what has to be reckoned, once and aside, before a field of this name is resolved.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        settings: Settings,
        first: Mapping[str, Callable[[], object]] | None = None,
    ) -> None:
        self._documents = Documents(schema, settings)
        self._trusted = trusted_documents(settings)
        self._first = dict(first or {})

    async def ready(self, asked: Operation) -> Sized:
        """The same as `read` with its cost; what takes the processor long is done aside."""
        text = self._text(asked)
        if len(text) > LONG and not self._documents.knows(text):
            self._documents.keep(text, await aside(self._documents.prepared, text))
        sized = self._sized(text, asked)
        for searched in sized.texts:
            await aside(remember_forms, searched)
        for name in [one for one in self._first if one in text]:
            await asyncio.to_thread(self._first[name])
            self._first.pop(name, None)
        return sized

    def read(self, asked: Operation) -> Document:
        """The operation's document; HttpRefusal for a change by GET.

        Raises InvalidDocument when it cannot be run.
        """
        return self._sized(self._text(asked), asked).document

    def _text(self, asked: Operation) -> str:
        try:
            return self._trusted.text(asked)
        except GraphQLError as error:
            raise InvalidDocument([error]) from error

    def _sized(self, text: str, asked: Operation) -> Sized:
        sized = self._documents.sized(text, asked.variables, asked.name)
        if not asked.read_only:
            return sized
        found = sized.document.operation(asked.name)
        if found is not None and found.operation is not OperationType.QUERY:
            said = "По GET только читают: изменения присылайте по POST"
            raise HttpRefusal(405, said, headers={"Allow": "POST"})
        return sized
