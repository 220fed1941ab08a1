"""Taking appeals in: the same use case as the importer and the channel adapters."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import strawberry

from core.appeals import model
from core.appeals.applicants.contact import Contact
from core.appeals.complaints import name_at_intake
from core.appeals.intake import service
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import Status
from core.appeals.rules.intake import ApplicantKind, Identification, Regime, Residence
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission
from schema.appeals.loaders import APPEALS
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id


@strawberry.input(description="Заявитель; хранится зашифрованным, отдельно от обращения")
class ContactInput:
    """Personal data."""

    name: str | None = optional("Как зовут")
    contact: str | None = optional("Куда ответить")
    address: str | None = optional("Где живёт")
    addressee: str | None = optional("Кому из подписавших ответить, если он назван")

    def content(self) -> Contact:
        """The contact as core takes it."""
        return Contact(self.name, self.contact, self.address, self.addressee)


@strawberry.input(description="Новое обращение")
class TakeInInput:
    """`core.appeals.intake.new.NewAppeal` as clients write it."""

    channel: str = field("Ключ канала")
    external_id: str = field("Номер в системе, из которой пришло; повтор узнаётся по нему")
    text: str = field("Текст, до 20 000 знаков")
    received_at: datetime | None = optional("Когда поступило; без него сейчас")
    theme: str | None = optional("Ключ тематики")
    topic: str | None = optional("Тема, как её назвал источник")
    category: str | None = optional(
        "Ключ категории классификатора, который действует в день поступления; см. classifier"
    )
    municipality: str | None = optional("Ключ муниципального образования или код ОКТМО")
    address: str | None = optional("Адрес, о котором речь")
    latitude: float | None = optional("Широта")
    longitude: float | None = optional("Долгота")
    addressee: str | None = optional("Ключ или название органа, которому адресовано")
    complained_body: str | None = optional("Ключ или название органа, который обжалуется")
    complained_official: strawberry.ID | None = optional(
        "Номер должностного лица в справочнике, действия которого обжалуются"
    )
    applicant_kind: ApplicantKind = optional("Кто обратился", ApplicantKind.UNKNOWN)
    residence: Residence = optional("Где живёт постоянно", Residence.UNKNOWN)
    residence_municipality: str | None = optional(
        "Муниципальное образование, где живёт заявитель: ключ, код ОКТМО или название; "
        "без него место жительства считается неизвестным"
    )
    regime: Regime | None = optional(
        "Обращение или сообщение; указывается, только если канал допускает оба"
    )
    order: str | None = optional(
        "Ключ порядка другого федерального закона: services, information, personal-data"
    )
    identified_by: Identification | None = optional("Как канал установил личность заявителя")
    anonymous: bool = optional("Нет фамилии или адреса для ответа", default=False)
    offence: bool = optional(
        "Сообщается о правонарушении; при тематике «Миграция» — о нарушениях миграционного"
        " законодательства (59-ФЗ, ст. 8 ч. 3.1)",
        default=False,
    )
    promised_at: datetime | None = optional("Срок, который источник обещал заявителю")
    disputes: str | None = optional(
        "Номер обращения, ответ на которое оспаривается: по нему откроется спор"
    )
    signatories: int = optional("Сколько человек подписали; ответ получает один из них", 1)
    applicant: ContactInput | None = optional("Персональные данные заявителя")

    def content(self) -> NewAppeal:
        """The appeal as core takes it."""
        return NewAppeal(
            channel=self.channel,
            external_id=self.external_id,
            text=self.text,
            received_at=self.received_at,
            theme=self.theme,
            topic=self.topic,
            category=self.category,
            municipality=self.municipality,
            address=self.address,
            latitude=self.latitude,
            longitude=self.longitude,
            addressee=self.addressee,
            complained_body=self.complained_body,
            applicant_kind=self.applicant_kind,
            residence=self.residence,
            residence_municipality=self.residence_municipality,
            regime=self.regime,
            order=self.order,
            identified_by=self.identified_by,
            anonymous=self.anonymous,
            offence=self.offence,
            promised_at=self.promised_at,
            disputes=self.disputes,
            signatories=self.signatories,
            contact=self.applicant.content() if self.applicant else None,
        )


async def _appeal(root: strawberry.Parent[service.TakenIn], info: Info) -> model.Appeal | None:
    appeal: model.Appeal | None = await info.context.loaders.load(APPEALS, root.appeal_id)
    return appeal


@strawberry.type(description="Что стало с присланным обращением")
class TakenIn:
    """Resolved from `core.appeals.intake.service.TakenIn`."""

    status: Status = field("Принято, уже известно или известно с другим содержанием")
    number: str = field("Регистрационный номер")
    routed: bool = field("Направлено ли органу; иначе оно в очереди координатора")
    difference: list[str] = field("Чем повтор отличается от принятого; принятое не меняется")
    appeal: Appeal | None = field("Обращение; null, если вам оно не видно", _appeal)

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:
        """What the use case gives is this type."""
        return isinstance(value, service.TakenIn)


TakeInResult = Annotated[
    TakenIn | Refusal,
    strawberry.union("TakeInResult", description="Что стало с присланным или отказ"),
]


@ordered_by(PRACTICE.cite("roles.operator"))
async def _take_in(info: Info, given: Input[TakeInInput]) -> service.TakenIn:
    official = given.complained_official and decode_id(given.complained_official, "Person")
    async with info.context.work() as work:
        taken = await service.take_in(work, given.content())
        if not official or taken.status is not Status.ADDED:
            return taken
        appeal = await name_at_intake(work, taken.appeal_id, int(official))
        return replace(taken, routed=appeal.body_id is not None)


@strawberry.type
class IntakeMutation:
    """What channel adapters may do."""

    take_in: TakeInResult = field(
        "Принять обращение; повтор с тем же номером ничего не меняет",
        _take_in,
        needs(Permission.TAKE_IN),
    )
