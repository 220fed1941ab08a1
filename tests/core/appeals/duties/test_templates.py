"""Templates of answers: Kursk alone has its centre make them (4.2, абз. 2)."""

from __future__ import annotations

from collections.abc import Awaitable

import pytest

from core.appeals.templates import service
from core.appeals.templates.model import AnswerTemplate
from core.kernel.access import Actor
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from tests.core.appeals.duties.conftest import Office
from tests.fixtures.actors import actor_with

CLAUSE = "kursk.958/pol.4.2.1.2"
KURSK = pytest.mark.parametrize("code", ["kursk"])
TEXT = "На обращение {номер} от {дата} отвечает {центр}."


async def write(
    office: Office, text: str = TEXT, theme: str | None = "roads", actor: Actor | None = None
) -> AnswerTemplate:
    author = actor or actor_with(office.region, "head")
    async with office.region.work(author) as work:
        return await service.write_template(work, theme, "О дорогах", text)


async def draft(office: Office, template: AnswerTemplate, appeal_id: int) -> str:
    async with office.region.reading(office.first) as work:
        return await service.draft_answer(work, template.id, appeal_id)


async def titles(office: Office, theme: str) -> list[str]:
    async with office.region.reading(office.first) as work:
        return [template.title for template in await service.templates(work, theme)]


async def refused(office: Office, attempt: Awaitable[object]) -> tuple[RefusalCode, str | None]:
    before = await office.rows(AnswerTemplate)
    with pytest.raises(Refusal) as caught:
        await attempt
    assert await office.rows(AnswerTemplate) == before
    return caught.value.code, caught.value.clause.ref if caught.value.clause else None


@KURSK
@pytest.mark.clause("kursk.958/pol.4.2.1.2")
async def test_a_template_drafts_the_answer_to_a_case_of_its_theme(
    office: Office, code: str
) -> None:
    template = await write(office)
    appeal_id = await office.accepted()
    assert await draft(office, template, appeal_id) == (
        "На обращение 46-2026-000001 от 02.03.2026 отвечает "
        "Центр управления регионом Курской области."
    )
    assert (await titles(office, "roads"), await titles(office, "health")) == (["О дорогах"], [])
    of_health = await office.accepted(external_id="2", theme="health")
    refusal = await refused(office, draft(office, template, of_health))
    assert refusal == (RefusalCode.INVALID, CLAUSE)


@KURSK
async def test_a_retired_template_is_offered_no_more(office: Office, code: str) -> None:
    template = await write(office, theme=None)
    assert await titles(office, "health") == ["О дорогах"]
    async with office.region.work(actor_with(office.region, "head")) as work:
        await service.retire_template(work, template.id)
    assert await titles(office, "health") == []
    appeal_id = await office.accepted()
    attempt = draft(office, template, appeal_id)
    assert await refused(office, attempt) == (RefusalCode.NOT_FOUND, None)
    assert await office.rows(AnswerTemplate) == 1


@KURSK
@pytest.mark.parametrize(
    ("text", "theme", "expected", "clause"),
    [
        (" ", None, RefusalCode.TEXT_EMPTY, CLAUSE),
        ("{имя}", None, RefusalCode.INVALID, None),
        ("{номер.__class__}", None, RefusalCode.INVALID, None),
        ("{номер!r}", None, RefusalCode.INVALID, None),
        ("{номер:>9999999}", None, RefusalCode.INVALID, None),
        ("{", None, RefusalCode.INVALID, None),
        (TEXT, "no-such-theme", RefusalCode.UNKNOWN_THEME, None),
    ],
)
async def test_what_is_no_template_is_refused(
    office: Office,
    code: str,
    text: str,
    theme: str | None,
    expected: RefusalCode,
    clause: str | None,
) -> None:
    assert await refused(office, write(office, text, theme)) == (expected, clause)


@KURSK
async def test_a_body_does_not_make_templates(office: Office, code: str) -> None:
    attempt = write(office, actor=office.first)
    assert await refused(office, attempt) == (RefusalCode.FORBIDDEN, None)


@pytest.mark.parametrize("code", ["murmansk", "mari_el", "chelyabinsk"])
async def test_a_region_whose_act_has_no_templates_has_none(office: Office, code: str) -> None:
    assert await refused(office, write(office)) == (RefusalCode.NOT_FOUND, None)
