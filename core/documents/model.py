"""Tables of documents. What was frozen is only added to; `document` alone is changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.kernel.sealing.forms import Form
from core.kernel.sealing.rows import seals
from core.law.russian import Code
from core.shapes.registers.model import Dated

VERSION = "document_version"
"""What an approval calls a version."""


class DocumentState(Code):
    """Where a document stands; what is in force stays so while a newer version is drafted."""

    DRAFT = "draft", "проект"
    APPROVAL = "approval", "на согласовании"
    RETURNED = "returned", "возвращён"
    WITHDRAWN = "withdrawn", "отозван"
    APPROVED = "approved", "утверждён"
    ISSUED = "issued", "представлен"


class Document(Base):
    """A document and its text as it is being written.

    `wrote` names who changed it since it was last in force: person, holder, subject. `current_id`
    is the version last frozen, `in_force_id` the one in force. `revision` counts changes.
    """

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    block: Mapped[str | None]
    fields: Mapped[dict[str, Any]]
    wrote: Mapped[list[Any]]
    owner: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    current_id: Mapped[int | None] = mapped_column(Id)
    in_force_id: Mapped[int | None] = mapped_column(Id)
    told_edition: Mapped[str | None]
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": revision}


class DocumentVersion(Base):
    """A version frozen when it entered its chain: what was shown, decided on and signed.

    `digest` is the SHA-256 of `manifest`, which names all the rest by hash.
    """

    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        Index("ix_version_digest", "digest"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    title: Mapped[str]
    fields: Mapped[dict[str, Any]]
    attachments: Mapped[list[Any]]
    wrote: Mapped[list[Any]]
    manifest: Mapped[str]
    digest: Mapped[str]
    original: Mapped[bytes] = mapped_column(deferred=True)
    ground: Mapped[str | None]
    frozen_by: Mapped[str]
    frozen_at: Mapped[datetime]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


VERSION_FORM = Form(
    "document_version",
    (
        "document_id", "number", "title", "fields", "attachments", "wrote", "manifest", "digest",
        "original", "ground", "frozen_by", "frozen_at",
    ),
)  # fmt: skip
seals(DocumentVersion, VERSION_FORM)


class DocumentReceipt(Base):
    """A step that was equal to a letter: its number in the year, its local day, its clause (R18).

    Without a decision it is the submission of the version itself.
    """

    __tablename__ = "document_receipt"
    __table_args__ = (UniqueConstraint("year", "seq"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_version.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    year: Mapped[int]
    seq: Mapped[int]
    number: Mapped[str]
    on: Mapped[date] = mapped_column("day")
    digest: Mapped[str]
    clause: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


RECEIPT_FORM = Form(
    "document_receipt",
    (
        "version_id", "decision_id", "year", "seq", "number", "on", "digest", "clause", "actor",
        "at",
    ),
)  # fmt: skip
seals(DocumentReceipt, RECEIPT_FORM)


class DocumentLetter(Base):
    """The official letter that carries a version where the portal's record is none."""

    __tablename__ = "document_letter"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_version.id"), index=True)
    number: Mapped[str]
    dated: Mapped[date]
    actor: Mapped[str]
    at: Mapped[datetime]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


LETTER_FORM = Form("document_letter", ("version_id", "number", "dated", "actor", "at"))
seals(DocumentLetter, LETTER_FORM)


class DocumentSignature(Base):
    """With which signature of 63-ФЗ a decision was made, how strong the login was, by which act.

    `detached` stays empty for a simple signature: the decision itself is it. `stamp_by` is until
    when what proves another is fresh: a timestamp that was not to be had at once is taken by then.
    """

    __tablename__ = "document_signature"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    kind: Mapped[str]
    provider: Mapped[str]
    strength: Mapped[str]
    clause: Mapped[str | None]
    detached: Mapped[bytes | None]
    at: Mapped[datetime]
    stamp_by: Mapped[datetime | None] = mapped_column(index=True)
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


SIGNATURE_FORM = Form(
    "document_signature",
    ("decision_id", "kind", "provider", "strength", "clause", "detached", "at", "stamp_by"),
    added=("stamp_by",),
)
seals(DocumentSignature, SIGNATURE_FORM)


class SignaturePart(Base):
    """What proves a detached signature at the moment of signing, kept as it was then.

    `chain.pem` its certificates up to the root, `lists.pem` the lists of revoked ones; where it is
    by a machine-readable power of attorney (63-ФЗ, ст. 17.5), `authority.xml` and `authority.p7s`;
    `01.ocsp` and so on the answers of issuers on single certificates.
    """

    __tablename__ = "signature_part"
    __table_args__ = (UniqueConstraint("signature_id", "name"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("document_signature.id"))
    name: Mapped[str]
    content: Mapped[bytes]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


PART_FORM = Form("signature_part", ("signature_id", "name", "content"))
seals(SignaturePart, PART_FORM)


class SignatureStamp(Base):
    """A timestamp (RFC 3161, DER) over a signature, its parts and its earlier stamps.

    `seen_at` is when the authority saw them, `ends_at` when the first of its certificates ends: by
    then the stamp is renewed, which is the next `number`.
    """

    __tablename__ = "signature_stamp"
    __table_args__ = (UniqueConstraint("signature_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("document_signature.id"))
    number: Mapped[int]
    answer: Mapped[bytes]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


STAMP_FORM = Form("signature_stamp", ("signature_id", "number", "answer", "seen_at", "ends_at"))
seals(SignatureStamp, STAMP_FORM)


class RecordedChain(Dated, Base):
    """The chain of a kind for which no act of the law has one, by the act that sets it (R21)."""

    __tablename__ = "document_chain"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    drafters: Mapped[list[Any]]
    steps: Mapped[list[Any]]
    ground: Mapped[str]
    agreed: Mapped[str | None]
    since: Mapped[date] = mapped_column()
    actor: Mapped[str]
    at: Mapped[datetime]
