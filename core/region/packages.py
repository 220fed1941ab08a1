"""The packages of evidence that were handed out; triggers refuse to change them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.kernel.sealing.forms import Form
from core.kernel.sealing.rows import seals


class EvidencePackage(Base):
    """A package as it was handed out: of what (`document:12`), to whom, on what ground.

    `digest` is the SHA-256 of `content`; `signed_at` is by a timestamp, else unknown.
    """

    __tablename__ = "evidence_package"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject: Mapped[str] = mapped_column(index=True)
    recipient: Mapped[str]
    ground: Mapped[str]
    digest: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    signed_at: Mapped[datetime | None]
    actor: Mapped[str]
    at: Mapped[datetime]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


PACKAGE_FORM = Form(
    "evidence_package",
    ("subject", "recipient", "ground", "digest", "content", "signed_at", "actor", "at"),
)
seals(EvidencePackage, PACKAGE_FORM)
