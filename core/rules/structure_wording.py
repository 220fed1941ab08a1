"""What each kind of rule about persons, blocks and directions orders, in one Russian sentence."""

from __future__ import annotations

from core.rules.appointing import (
    AppointmentStep,
    DutiesAct,
    Involvement,
    NominationLimit,
    ReplacementRule,
)
from core.rules.charges import Foundation, Mandate, Responsibility
from core.rules.directions import Direction, DirectionTask
from core.rules.growth import BlockGrowth, BlockStep
from core.rules.ranks import (
    AcceptedPosition,
    Headcount,
    Pool,
    Qualification,
    Rank,
    RankFloor,
    Seat,
)
from core.rules.rule import Rule
from core.rules.wording import wording
from core.rules.words import days, keys, listed, word

STRUCTURE_HEADINGS: dict[type[Rule], str] = {
    Foundation: "Что такое центр",
    Rank: "Должности",
    RankFloor: "Не ниже какой должности",
    AcceptedPosition: "Должности, названные актом",
    Pool: "Откуда назначают",
    Qualification: "Необходимые полномочия",
    Seat: "Роли, которые занимает один",
    Headcount: "Рекомендованное число",
    AppointmentStep: "Назначение",
    NominationLimit: "Кого вправе предложить орган",
    ReplacementRule: "Замена",
    Involvement: "Привлечение к работе",
    DutiesAct: "Распределение обязанностей",
    Responsibility: "Кто за что отвечает",
    Mandate: "Поручения",
    BlockStep: "Как появляется блок",
    BlockGrowth: "Какие блоки можно добавить",
    Direction: "Направления и функции",
    DirectionTask: "Содержание направлений",
}


@wording.register
def _(rule: Foundation) -> str:
    return rule.says


@wording.register
def _(rule: Rank) -> str:
    return f"{rule.name}, уровень {rule.level}"


@wording.register
def _(rule: RankFloor) -> str:
    return f"не ниже `{rule.rank}`, уровень {rule.level}"


@wording.register
def _(rule: AcceptedPosition) -> str:
    return f"акт называет должность `{rule.rank}`, каков бы ни был минимум"


@wording.register
def _(rule: Pool) -> str:
    parts = [f"`{rule.role}`: " + "; ".join(_sources(rule))]
    if rule.profile:
        parts.append("орган — профильный")
    if rule.blocks:
        parts.append(f"блоки: {keys(rule.blocks)}")
    if rule.outside:
        parts.append(f"кроме блоков: {keys(rule.outside)}")
    return "; ".join(parts)


def _sources(rule: Pool) -> list[str]:
    return [text for text in (listed(rule.kinds), keys(rule.bodies)) if text]


@wording.register
def _(rule: Qualification) -> str:
    return rule.what


@wording.register
def _(rule: Seat) -> str:
    return f"одно лицо {word(rule.per)}"


@wording.register
def _(rule: Headcount) -> str:
    return f"`{rule.role}` блока `{rule.block}` от `{rule.body}`: рекомендовано {rule.number}"


@wording.register
def _(rule: AppointmentStep) -> str:
    parts = [f"`{rule.role}`: {word(rule.step)} {word(rule.by)}"]
    if rule.bodies:
        parts.append(keys(rule.bodies))
    if rule.blocks:
        parts.append(f"блоки: {keys(rule.blocks)}")
    if rule.grounds:
        parts.append(f"основание: {listed(rule.grounds)}")
    return "; ".join(parts)


@wording.register
def _(rule: NominationLimit) -> str:
    return f"предлагает только {keys(rule.roles)}"


@wording.register
def _(rule: ReplacementRule) -> str:
    term = days(rule.working_days, "рабочих")
    return f"{word(rule.trigger)}: `{rule.proposes}` предлагает другую кандидатуру, {term}"


@wording.register
def _(rule: Involvement) -> str:
    return f"привлекает представителей: {listed(rule.kinds)}"


@wording.register
def _(rule: DutiesAct) -> str:
    if not rule.kinds:
        return "обязанности распределены самим актом"
    agreed = f"; согласует {word(rule.agrees)}" if rule.agrees else ""
    return f"{listed(rule.kinds)}{agreed}"


@wording.register
def _(rule: Responsibility) -> str:
    return f"`{rule.role}` {word(rule.degree)}: {word(rule.charge)}"


@wording.register
def _(rule: Mandate) -> str:
    return f"`{rule.holder}` {rule.what}"


@wording.register
def _(rule: BlockStep) -> str:
    grounds = f"; основание: {listed(rule.grounds)}" if rule.grounds else ""
    return f"шаг {rule.order}: {word(rule.by)}{grounds}"


@wording.register
def _(rule: BlockGrowth) -> str:
    return f"добавляются блоки: {listed(rule.kinds)}"


@wording.register
def _(rule: Direction) -> str:
    code = f"федеральный код `{rule.federal}`" if rule.federal else "без федерального кода"
    partners = f"; вместе с {keys(rule.partners)}" if rule.partners else ""
    return f"«{rule.name}», {code}{partners}"


@wording.register
def _(rule: DirectionTask) -> str:
    return f"`{rule.direction}`: {rule.what}"
