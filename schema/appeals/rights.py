"""What the applicant may do with his appeal: add documents, see the materials, take it back."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import strawberry

from core.appeals import model
from core.appeals.rights import documents, materials, withdrawal
from core.appeals.rights.materials import ShownBy, Withholding
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.steps import AppealResult, StepInput
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs
from schema.graphql.ids import decode_id


@strawberry.input(description="Письменное заявление о прекращении рассмотрения")
class WithdrawInput(StepInput):
    """The applicant's statement."""

    stated_on: date = field("От какого дня заявление")
    reference: str = field("Где оно хранится")
    signatories: int = optional("Сколько человек его подписали", 1)


@strawberry.input(description="Документ, который представил заявитель")
class ApplicantDocumentInput(StepInput):
    """What was added."""

    title: str = field("Что это за документ; персональных данных не указывать")
    reference: str | None = optional("Где он хранится, если он не вложение")
    attachment: strawberry.ID | None = optional("Вложение этого обращения")


@strawberry.input(description="Материал, который не показывают")
class WithheldInput:
    """One material, with its ground."""

    material: str = field("Ключ материала")
    ground: Withholding = field("Основание из закона")
    reason: str = field("Почему: какие права или какая тайна")


@strawberry.input(description="Решение об ознакомлении с материалами")
class ShowInput(StepInput):
    """A decision on every material."""

    identified_by: ShownBy = field("Как установлено, что просит автор обращения")
    shown: list[str] = field("Ключи материалов, которые показывают")
    withheld: list[WithheldInput] | None = optional("Что не показывают и почему")

    def decision(self) -> materials.Showing:
        """The decision as core takes it."""
        given = [materials.Withheld(w.material, w.ground, w.reason) for w in self.withheld or ()]
        return materials.Showing(self.identified_by, self.shown, given)


@strawberry.type(description="Материал дела")
class Material:
    """Resolved from `core.appeals.rights.materials.Material`."""

    key: str = field("Ключ: им решение называет материал")
    name: str = field("Что это")
    content: str = field("Текст или место хранения")

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:
        """What the use case gives is this type."""
        return isinstance(value, materials.Material)


@strawberry.type(description="Что показано заявителю")
class ShownMaterials:
    """Resolved from `core.appeals.rights.materials.Shown`."""

    appeal: Appeal = field("Обращение после решения")
    materials: list[Material] = field("Показанные материалы")

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:
        """What the use case gives is this type."""
        return isinstance(value, materials.Shown)


ShowResult = Annotated[
    ShownMaterials | Refusal,
    strawberry.union("ShowResult", description="Показанные материалы или отказ без изменений"),
]


@takes(withdrawal.WITHDRAW)
async def _withdraw(info: Info, given: Input[WithdrawInput]) -> model.Appeal:
    statement = withdrawal.Statement(given.stated_on, given.reference, given.signatories)
    async with info.context.work() as work:
        return await withdrawal.withdraw(
            work, given.number, statement, expected_version=given.expected_version
        )


@takes(documents.SUPPLEMENT)
async def _add(info: Info, given: Input[ApplicantDocumentInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await documents.add_document(
            work,
            given.number,
            given.title,
            given.reference or "",
            attachment=_attached(given.attachment),
            expected_version=given.expected_version,
        )


def _attached(number: str | None) -> int | None:
    return None if number is None else decode_id(number, "Attachment")


@takes(materials.SHOW)
async def _show(info: Info, given: Input[ShowInput]) -> materials.Shown:
    async with info.context.work() as work:
        return await materials.show_materials(
            work, given.number, given.decision(), expected_version=given.expected_version
        )


async def _materials(
    info: Info,
    appeal: Annotated[strawberry.ID, strawberry.argument(description="Номер обращения")],
) -> Sequence[materials.Material]:
    async with info.context.reading() as work:
        return await materials.list_materials(work, decode_id(appeal, "Appeal"))


@strawberry.type
class RightsQuery:
    """What there is to decide on."""

    appeal_materials: list[Material] | None = field(
        "Материалы обращения, о показе которых нужно решить",
        _materials,
        needs(Permission.SHOW_MATERIALS),
    )


@strawberry.type
class RightsMutation:
    """59-ФЗ, ст. 5."""

    withdraw_appeal: AppealResult = field(
        "Прекратить рассмотрение по письменному заявлению (59-ФЗ, ст. 5 п. 5)",
        _withdraw,
        needs(Permission.WITHDRAW),
    )
    add_document: AppealResult = field(
        "Приобщить документ, который представил заявитель (59-ФЗ, ст. 5 п. 1)",
        _add,
        needs(Permission.TAKE_IN),
    )
    show_materials: ShowResult = field(
        "Ознакомить заявителя с материалами (59-ФЗ, ст. 5 п. 2)",
        _show,
        needs(Permission.SHOW_MATERIALS),
    )
