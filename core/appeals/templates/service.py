"""Making templates of answers and drafting an answer by one; a person still sends it."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

from sqlalchemy import or_, select

from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.appeals.rules.answers import TemplateRule
from core.appeals.templates.model import AnswerTemplate
from core.directory.rules.bodies import Theme
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.calendar import local_date
from core.kernel.rules.passport import Passport
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_TEXT, readable
from core.kernel.work import Work

GAPS = ("номер", "дата", "центр")
"""What a template leaves to be filled: number and day of receipt of the appeal, the centre."""


@serves()
async def write_template(work: Work, theme: str | None, title: str, text: str) -> AnswerTemplate:
    """Add a template for a theme, or for all. Needs MANAGE_DIRECTORY.

    Refused where the region's act has no templates, for an unknown theme or gap.
    """
    rule = _rule(work)
    require(work.actor, Permission.MANAGE_DIRECTORY)
    if theme is not None and work.rules.find(Theme, theme, work.today) is None:
        raise Refusal(RefusalCode.UNKNOWN_THEME, f"Тематики «{theme}» в регионе нет")
    title, text = title.strip(), text.strip()
    if not title or not text:
        raise Refusal(RefusalCode.TEXT_EMPTY, "Нужны название и текст шаблона", rule.clause)
    if len(text) > LONGEST_TEXT or len(title) > LONGEST_TEXT or not readable(title + text):
        raise Refusal(RefusalCode.TEXT_UNREADABLE, "Текст шаблона слишком длинный или нечитаемый")
    _check_gaps(text)
    template = AnswerTemplate(
        theme=theme, title=title, text=text, author=work.actor.subject, written_at=work.now
    )
    work.session.add(template)
    await work.session.flush()
    await _note(work, template, "written")
    return template


async def retire_template(work: Work, template_id: int) -> AnswerTemplate:
    """Take a template out of use. Needs MANAGE_DIRECTORY."""
    require(work.actor, Permission.MANAGE_DIRECTORY)
    template = await _current(work, template_id)
    template.retired_at = work.now
    await _note(work, template, "retired")
    return template


async def templates(work: Work, theme: str | None) -> Sequence[AnswerTemplate]:
    """Templates in use for the theme and those for all, by title. Needs ANSWER."""
    _rule(work)
    require(work.actor, Permission.ANSWER)
    query = (
        select(AnswerTemplate)
        .where(
            AnswerTemplate.retired_at.is_(None),
            or_(AnswerTemplate.theme.is_(None), AnswerTemplate.theme == theme),
        )
        .order_by(AnswerTemplate.title, AnswerTemplate.id)
    )
    return (await work.session.scalars(query)).all()


@serves()
async def draft_answer(work: Work, template_id: int, appeal_id: int) -> str:
    """The template's text with its gaps filled for a case of its theme. Needs ANSWER."""
    rule = _rule(work)
    require(work.actor, Permission.ANSWER)
    template = await _current(work, template_id)
    mine = visible(work.actor, Permission.ANSWER)
    appeal = await work.session.scalar(select(Appeal).where(Appeal.id == appeal_id, mine))
    if appeal is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого обращения нет")
    if template.theme not in (None, appeal.theme):
        raise Refusal(RefusalCode.INVALID, "Шаблон составлен для другой тематики", rule.clause)
    received = local_date(appeal.received_at, work.zone)
    centre = work.rules.get(Passport, "region", work.today).centre
    values = (appeal.number, f"{received:%d.%m.%Y}", centre)
    return template.text.format_map(dict(zip(GAPS, values, strict=True)))


def _rule(work: Work) -> TemplateRule:
    rule = work.rules.find(TemplateRule, "answer", work.today)
    if rule is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Акт региона не предусматривает шаблонов ответов")
    return rule


async def _current(work: Work, template_id: int) -> AnswerTemplate:
    template = await work.session.get(AnswerTemplate, template_id)
    if template is None or template.retired_at is not None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого шаблона нет")
    return template


def _check_gaps(text: str) -> None:
    try:
        gaps = [name for _, name, form, turn in Formatter().parse(text) if name is not None]
        plain = all(not form and not turn for _, _, form, turn in Formatter().parse(text))
    except ValueError:
        raise Refusal(RefusalCode.INVALID, "В шаблоне непарная фигурная скобка") from None
    if not plain or set(gaps) - set(GAPS):
        known = ", ".join(f"{{{gap}}}" for gap in GAPS)
        raise Refusal(RefusalCode.INVALID, f"В шаблоне могут быть только {known}")


async def _note(work: Work, template: AnswerTemplate, verb: str) -> None:
    after = {"theme": template.theme, "title": template.title}
    await work.record(Event(f"template.{verb}", f"template:{template.id}", after=after))
