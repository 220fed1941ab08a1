"""Signatures of decisions in the API: of which kind, and how a strengthened one is given."""

from base64 import b64decode
from datetime import datetime
from typing import Any

import strawberry

from core.appeals.rules.signatures import SignatureKind
from core.documents import model
from core.documents.attorney import PowerOfAttorney
from core.documents.unstamped import StampState, stamp_state
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law import act as law
from core.region.evidence.signatures import Given
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field, optional
from schema.graphql.loaders import Rows

SIGNATURES = Rows(model.DocumentSignature.decision_id)
STAMPS = Rows(model.SignatureStamp.signature_id, model.SignatureStamp.number)


def _clause(root: Any, info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause or "")


@strawberry.type(description="Метка времени под подписью (RFC 3161)")
class SignatureStamp:
    """Resolved from rows."""

    number: int = field("Которая по счёту: каждая следующая обновляет прежнюю")
    seen_at: datetime = field("Когда служба видела подпись и то, что её удостоверяет")
    ends_at: datetime = field("Когда оканчивается сертификат службы: до этого метку обновляют")


async def _stamps(
    root: strawberry.Parent[model.DocumentSignature], info: Info
) -> list[model.SignatureStamp]:
    found: list[model.SignatureStamp] = await info.context.loaders.load(STAMPS, root.id)
    return found


async def _state(root: strawberry.Parent[model.DocumentSignature], info: Info) -> StampState:
    stamps = await info.context.loaders.load(STAMPS, root.id)
    return stamp_state(root, info.context.now, stamps=len(stamps))


@strawberry.type(description="Какой подписью по 63-ФЗ сделано решение")
class DocumentSignature:
    """Resolved from rows."""

    kind: str = field("Вид подписи")
    strength: str = field("Чем установлено лицо")
    clause: Clause | None = field("Норма, которая даёт ей силу; null, если такой нет", _clause)
    stamps: list[SignatureStamp] = field(
        "Метки времени; без них момент подписания усиленной подписью не доказан", _stamps
    )
    stamping: StampState = field("Поставлена ли метка времени, или её ещё ждут", _state)
    stamp_by: datetime | None = field(
        "До какого момента метку ещё можно поставить, если служба не ответила при подписании"
    )


def _bytes(value: str) -> bytes:
    try:
        return b64decode(value, validate=True)
    except ValueError:
        raise Refusal(RefusalCode.INVALID, "Подпись, списки и доверенность — в base64") from None


@strawberry.input(description="Машиночитаемая доверенность подписавшего (63-ФЗ, ст. 17.5)")
class PowerOfAttorneyInput:
    """`PowerOfAttorney` as clients write it."""

    document: str = field("Доверенность, байты файла в base64")
    cms: str = field("Открепленная подпись под ней: CMS в DER, base64")


@strawberry.input(description="Открепленная подпись под подлинником версии (63-ФЗ, ст. 5 ч. 3, 4)")
class DetachedSignatureInput:
    """`Given` as clients write it."""

    kind: SignatureKind = field("Вид подписи: усиленная неквалифицированная или квалифицированная")
    cms: str = field("Подпись: CMS (CAdES) в DER, base64")
    revoked: list[str] = field(
        "Списки отозванных сертификатов всех издателей цепочки, свежие на этот момент: CRL, base64"
    )
    authority: PowerOfAttorneyInput | None = optional("Доверенность, если подпись по доверенности")
    answers: list[str] = strawberry.field(
        default_factory=list,
        description="Ответы издателей о сертификатах на этот момент, вместо списков или рядом с "
        "ними: OCSP в DER (RFC 6960), base64",
    )

    def given(self) -> Given:
        """The signature as core takes it."""
        lent = self.authority
        authority = PowerOfAttorney(_bytes(lent.document), _bytes(lent.cms)) if lent else None
        lists = [_bytes(one) for one in self.revoked]
        answers = [_bytes(one) for one in self.answers]
        return Given(self.kind, _bytes(self.cms), lists, authority, answers)
