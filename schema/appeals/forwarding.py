"""Where an appeal may go: registered by the receiver, copied, given back to the applicant."""

from datetime import date

import strawberry

from core.appeals import (
    complaints,
    copies,
    migration_violations,
    model,
    registration,
    results,
    send_back,
)
from core.appeals.notices.letters.forwarding import COURT
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.steps import BODY, AppealResult, ReasonedInput, StepInput
from schema.graphql.context import Info
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs
from schema.graphql.ids import decode_id


@strawberry.input(description="Под каким номером орган регистрирует переадресованное ему")
class RegisterInput(StepInput):
    """The receiver's own number and day."""

    own_number: str = field("Номер, под которым обращение зарегистрировал орган")
    on: date | None = optional("Когда зарегистрировано; без него сегодня")


@strawberry.input(description="Копия органу")
class CopyInput:
    """Which body answers which question."""

    body: str = field(BODY)
    question: str = field("Вопрос, на который ответит орган; его увидит заявитель")


@strawberry.input(description="Каким органам направить копии")
class CopiesInput(StepInput):
    """Copies of one appeal."""

    copies: list[CopyInput] = field("Органы и вопросы, от одного до двадцати")
    results: bool = optional("Запросить ли результаты рассмотрения (59-ФЗ, ст. 8 ч. 5)", False)


@strawberry.input(description="Результаты рассмотрения для органа, который их запросил")
class ResultsInput(StepInput):
    """What came of the case."""

    results: str = field("Результаты и какие материалы прилагаются")


@strawberry.input(description="Два получателя сведений о нарушениях миграционного законодательства")
class MigrationInput(ReasonedInput):
    """The interior and the highest official."""

    interior: str = field("Ключ территориального органа внутренних дел")
    highest: str = field("Ключ высшего должностного лица субъекта Российской Федерации")


@strawberry.input(description="Должностное лицо, действия которого обжалуются")
class OfficialInput(ReasonedInput):
    """A person of the directory."""

    person: strawberry.ID = field("Номер должностного лица в справочнике")


@strawberry.input(description="Орган, действия которого обжалуются")
class ComplainedBodyInput(ReasonedInput):
    """A body of the directory."""

    body: str = field(BODY)


@strawberry.input(description="Возврат жалобы, которую некому направить")
class SendBackInput(StepInput):
    """What is complained of, and by which code to go to court."""

    complained_of: str = field(
        "Обжалуемое решение или действие в винительном падеже: так оно войдёт в письмо"
    )
    order: str = optional("Какой кодекс устанавливает порядок, в творительном падеже", COURT)


@strawberry.input(description="Возврат обращения, в котором обжалуется судебное решение")
class CourtDecisionInput(StepInput):
    """Which decision, and how it is appealed."""

    decision: str = field("Суд, номер дела и дата решения")
    order: str = field("Порядок обжалования этого решения")


@takes(registration.REGISTER)
async def _register(info: Info, given: Input[RegisterInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await registration.register_forwarded(
            work,
            given.number,
            given.own_number,
            given.on,
            expected_version=given.expected_version,
        )


@takes(copies.COPY)
async def _copy(info: Info, given: Input[CopiesInput]) -> model.Appeal:
    chosen = [copies.Copy(one.body, one.question) for one in given.copies]
    async with info.context.work() as work:
        return await copies.copy_to(
            work,
            given.number,
            chosen,
            results=given.results,
            expected_version=given.expected_version,
        )


@takes(results.GIVE)
async def _results(info: Info, given: Input[ResultsInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await results.give_results(
            work, given.number, given.results, expected_version=given.expected_version
        )


@takes(migration_violations.FORWARD)
async def _migration(info: Info, given: Input[MigrationInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await migration_violations.forward_migration(
            work,
            given.number,
            given.interior,
            given.highest,
            given.reason,
            expected_version=given.expected_version,
        )


@takes(complaints.NAME)
async def _official(info: Info, given: Input[OfficialInput]) -> model.Appeal:
    person = decode_id(given.person, "Person")
    async with info.context.work() as work:
        return await complaints.name_official(
            work, given.number, person, given.reason, expected_version=given.expected_version
        )


@takes(complaints.NAME_BODY)
async def _complained_body(info: Info, given: Input[ComplainedBodyInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await complaints.name_body(
            work, given.number, given.body, given.reason, expected_version=given.expected_version
        )


@takes(send_back.SEND_BACK)
async def _send_back(info: Info, given: Input[SendBackInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await send_back.send_back(
            work,
            given.number,
            given.complained_of,
            order=given.order,
            expected_version=given.expected_version,
        )


@takes(send_back.COURT_DECISION)
async def _court(info: Info, given: Input[CourtDecisionInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await send_back.return_court_decision(
            work,
            given.number,
            given.decision,
            given.order,
            expected_version=given.expected_version,
        )


@strawberry.type
class ForwardingMutation:
    """Each is one use case of `core.appeals`."""

    register_forwarded: AppealResult = field(
        "Зарегистрировать переадресованное под своим номером: от этого дня идут 30 дней органа",
        _register,
        needs(Permission.ACCEPT),
    )
    copy_appeal: AppealResult = field(
        "Направить копии нескольким органам, каждому по одной (59-ФЗ, ст. 8 ч. 4)",
        _copy,
        needs(Permission.TRANSFER),
    )
    give_results: AppealResult = field(
        "Представить результаты рассмотрения тому, кто их запросил (59-ФЗ, ст. 8 ч. 5)",
        _results,
        needs(Permission.ANSWER),
    )
    forward_migration: AppealResult = field(
        "Направить сведения о нарушениях миграционного законодательства (59-ФЗ, ст. 8 ч. 3.1)",
        _migration,
        needs(Permission.TRANSFER),
    )
    name_official: AppealResult = field(
        "Указать должностное лицо, действия которого обжалуются (59-ФЗ, ст. 8 ч. 6)",
        _official,
        needs(Permission.ROUTE),
    )
    name_body: AppealResult = field(
        "Указать орган, действия которого обжалуются (59-ФЗ, ст. 8 ч. 6)",
        _complained_body,
        needs(Permission.ROUTE),
    )
    send_back: AppealResult = field(
        "Вернуть жалобу с разъяснением права обратиться в суд (59-ФЗ, ст. 8 ч. 7)",
        _send_back,
        needs(Permission.TRANSFER),
    )
    return_court_decision: AppealResult = field(
        "Вернуть обращение, в котором обжалуется судебное решение (59-ФЗ, ст. 11 ч. 2)",
        _court,
        needs(Permission.TRANSFER),
    )
