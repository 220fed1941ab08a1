"""The document that a request asks to run: by its text, or by the hash of a known one."""

from __future__ import annotations

from graphql import GraphQLError, GraphQLSchema, OperationType

from core.kernel.settings import Settings
from schema.graphql.documents.parser import Document, Documents, InvalidDocument
from schema.graphql.documents.trusted import trusted_documents
from schema.graphql.operation import HttpRefusal, Operation


class Requested:
    """Reads requests against one schema under the limits of the settings."""

    def __init__(self, schema: GraphQLSchema, settings: Settings) -> None:
        self._documents = Documents(schema, settings)
        self._trusted = trusted_documents(settings)

    def read(self, asked: Operation) -> Document:
        """The operation's document; HttpRefusal for a change by GET.

        Raises InvalidDocument when it cannot be run.
        """
        try:
            text = self._trusted.text(asked)
        except GraphQLError as error:
            raise InvalidDocument([error]) from error
        document = self._documents.read(text, asked.variables, asked.name)
        found = document.operation(asked.name) if asked.read_only else None
        if found is not None and found.operation is not OperationType.QUERY:
            text = "По GET только читают: изменения присылайте по POST"
            raise HttpRefusal(405, text, headers={"Allow": "POST"})
        return document
