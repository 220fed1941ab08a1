"""Packages of evidence: handed out by a mutation, for handing out is written down."""

from base64 import b64encode
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any

import strawberry

from core.kernel.codes import Permission
from core.kernel.errors import Refusal as Refused
from core.region import packages as model
from core.region.evidence.packages import Handing, content_of, hand_out, handed_out
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs
from schema.graphql.ids import decode_id

KINDS = {"Document": "document", "Appeal": "appeal"}


@strawberry.type(description="Выданный пакет доказательств: снимок, который не обновляется")
class EvidencePackage:
    """Resolved from rows."""

    number: int = field("Номер выдачи", lambda root: root.id)
    subject: str = field("О чём: документ или обращение")
    recipient: str = field("Кому выдан")
    ground: str = field("На каком основании")
    digest: str = field("SHA-256 пакета")
    signed_at: datetime | None = field("Не позже чего подписан: по метке времени, если она есть")
    actor: str = field("Кто выдал: имя в системе входа")
    at: datetime = field("Когда выдан")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of packages are this type."""
        return isinstance(value, model.EvidencePackage)


EvidencePackageResult = Annotated[
    EvidencePackage | Refusal,
    strawberry.union("EvidencePackageResult", description="Пакет доказательств или отказ"),
]


@strawberry.input(description="О чём пакет доказательств, кому и на каком основании выдаётся")
class EvidencePackageInput:
    """`Handing` as clients write it."""

    document_id: strawberry.ID = field("Номер документа или обращения")
    recipient: str = field("Кому выдаётся")
    ground: str = field("На каком основании: запрос, его номер и дата")


async def _hand_out(info: Info, given: Input[EvidencePackageInput]) -> model.EvidencePackage:
    kind, number = _subject(given.document_id)
    async with info.context.work() as work:
        handing = Handing(given.recipient, given.ground)
        return await hand_out(work, info.context.region.files, kind, number, handing)


def _subject(identifier: str) -> tuple[str, int]:
    """What is named; whatever is neither a document nor an appeal is refused as no document."""
    for name, kind in KINDS.items():
        with suppress(Refused):
            return kind, decode_id(identifier, name)
    return "document", decode_id(identifier, "Document")


async def _handed_out(info: Info) -> list[model.EvidencePackage]:
    async with info.context.reading() as work:
        return list(await handed_out(work))


async def _content(
    info: Info,
    number: Annotated[int, strawberry.argument(description="Номер выдачи")],
) -> str:
    async with info.context.reading() as work:
        return b64encode(await content_of(work, number)).decode()


@strawberry.type
class EvidenceQuery:
    """What was handed out."""

    evidence_packages: list[EvidencePackage] = field(
        "Выданные пакеты доказательств: кому, на каком основании, когда",
        _handed_out,
        needs(Permission.READ_JOURNAL),
    )
    evidence_package_content: str = field(
        "Выданный пакет, ZIP в base64: те же байты, что были выданы",
        _content,
        needs(Permission.READ_JOURNAL),
    )


@strawberry.type
class EvidenceMutation:
    """Use cases of `core.region.evidence.packages`."""

    evidence_package: EvidencePackageResult = field(
        "Составить и выдать пакет доказательств о документе или обращении; выдача записывается",
        _hand_out,
        needs(Permission.READ_JOURNAL),
    )
