"""Whom a document lets read one case (R52)."""

from datetime import date

import strawberry

from core.appeals import admissions, model
from core.appeals.admissions import NewAdmission
from core.appeals.rules.admissions import AdmissionKind
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.steps import AppealResult, StepInput
from schema.graphql.context import Info
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs
from schema.graphql.ids import decode_id


@strawberry.input(description="Допуск к обращению")
class AdmitInput(StepInput):
    """`NewAdmission` as clients write it."""

    person: strawberry.ID = field("Кого: номер лица в справочнике")
    kind: AdmissionKind = field("По какому праву")
    document: str = field("Документ: вид и номер")
    dated: date = field("Дата документа")
    until: date = field("Первый день, когда допуска уже нет")

    def content(self) -> NewAdmission:
        """The admission as core takes it."""
        person = decode_id(self.person, "Person")
        return NewAdmission(person, self.kind, self.document, self.dated, self.until)


@takes(admissions.ADMIT)
async def _admit(info: Info, given: Input[AdmitInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await admissions.admit(
            work, given.number, given.content(), expected_version=given.expected_version
        )


@strawberry.type
class AdmissionMutation:
    """One use case of `core.appeals.admissions`."""

    admit_reader: AppealResult = field(
        "Допустить к обращению прокурора, вышестоящий орган или проверяющего, до названного дня",
        _admit,
        needs(Permission.SHOW_MATERIALS),
    )
