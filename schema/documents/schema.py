"""What documents hand over to the API."""

from __future__ import annotations

from core.kernel.codes import Permission
from schema.documents.enums import ENUMS
from schema.documents.evidence import EvidenceMutation, EvidenceQuery
from schema.documents.mutations import DocumentMutation
from schema.documents.queries import DocumentQuery
from schema.documents.signatures import SIGNATURES, STAMPS
from schema.documents.types import (
    CHAINS,
    DECISIONS,
    DOCUMENTS,
    LETTERS,
    RECEIPTS,
    VERSIONS,
    VERSIONS_OF,
)
from schema.graphql.subject import NodeKind, SubjectSchema

SCHEMA = SubjectSchema(
    queries=(DocumentQuery, EvidenceQuery),
    mutations=(DocumentMutation, EvidenceMutation),
    nodes=(NodeKind("Document", DOCUMENTS, Permission.READ_DOCUMENTS),),
    loaders=(
        DOCUMENTS,
        VERSIONS,
        VERSIONS_OF,
        RECEIPTS,
        LETTERS,
        SIGNATURES,
        STAMPS,
        CHAINS,
        DECISIONS,
    ),
    enums=ENUMS,
)
