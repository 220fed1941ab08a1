"""Each check of a region finds what it is for, and says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from core.appeals.rules.intake import OF_THE_RULES, ApplicantScope
from core.appeals.rules.lifecycle import State, Transition
from core.appeals.rules.routing import Route
from core.appeals.rules.terms import Deadline, EscalationStep
from core.kernel.region import Region
from core.kernel.rules.passport import Passport
from core.law.merge import Layer
from core.law.rule import Rule
from core.law.rulebook import compile_rulebook
from core.reports.checks import CHECKS
from core.structure.rules.blocks import BlockRule
from tests.conftest import OpenRegion
from tests.contract.conftest import TODAY

Change = Callable[[Any], Any]


def only(kind: type[Rule], name: str, /, **values: Any) -> Change:
    """The rules of this kind and key with other values."""

    def change(rule: Rule) -> Rule:
        mine = isinstance(rule, kind) and rule.key == name
        return replace(rule, **values) if mine else rule

    return change


def without(kind: type[Rule], *keys: str) -> Change:
    """No rules of this kind and these keys."""
    return lambda rule: None if isinstance(rule, kind) and rule.key in keys else rule


def stuck(state: State) -> Change:
    """No step out of a state."""

    def change(rule: Rule) -> Rule:
        if isinstance(rule, Transition):
            return replace(rule, sources=rule.sources - {state})
        return rule

    return change


def altered(region: Region, change: Change) -> Region:
    """The region under its law as it stands, each rule changed, all of one layer."""
    standing = [rule for kind in region.rules.kinds() for rule in region.rules.history(kind)]
    kept: Iterable[Rule] = (rule for rule in map(change, standing) if rule is not None)
    plain = tuple(
        replace(rule, replaces=None, absorbs=frozenset(), below_floor=False) for rule in kept
    )
    law = compile_rulebook([Layer("one", plain, tuple(region.rules.acts.values()))])
    return replace(region, rules=law)


@pytest.mark.parametrize(
    ("words", "change", "fault"),
    [
        (
            "карточка и календарь",
            without(Passport, "region"),
            "нет карточки региона: правила Passport с ключом «region»",
        ),
        (
            "карточка и календарь",
            only(Passport, "region", centre=" "),
            "в карточке региона пусто поле centre",
        ),
        (
            "карточка и календарь",
            only(Passport, "region", timezone="Europe/Kursk"),
            "часового пояса «Europe/Kursk» нет",
        ),
        (
            "тематики и блоки",
            without(BlockRule, "roads"),
            "общая тематика «roads» должна быть в одном значимом блоке, а она: ни в одном",
        ),
        (
            "тематики и блоки",
            only(BlockRule, "roads", themes=("roads", "health")),
            "общая тематика «health» должна быть в одном значимом блоке, а она: «health», «roads»",
        ),
        (
            "тематики и блоки",
            only(BlockRule, "roads", significant=False),
            "общая тематика «roads» должна быть в одном значимом блоке, а она: «roads»",
        ),
        (
            "маршруты",
            only(Route, "owner-by-act", priority=60),
            "маршрут «owner-by-act»: очередь 60, нужна до 60",
        ),
        ("шаги обращения", without(Transition, "judge"), "нет шага «judge»"),
        (
            "шаги обращения",
            stuck(State.DISPUTED),
            "из состояния «оспорено» нет шага",
        ),
        (
            "представления",
            only(ApplicantScope, "region", key="regional"),
            "Чьи обращения учитываются: представления «regional» не бывает",
        ),
        (
            "представления",
            without(ApplicantScope, "federal"),
            "Чьи обращения учитываются: нет представления «federal»",
        ),
        (
            "ступени предупреждений",
            only(EscalationStep, "block", order=5),
            "ступень «block»: порядок 5, а по счёту она 4",
        ),
        (
            "ступени предупреждений",
            only(EscalationStep, "block", before_days=9),
            "ступень «block» наступает раньше предыдущей «body-head»",
        ),
    ],
)
async def test_it_is_found(
    open_test_region: OpenRegion, words: str, change: Change, fault: str
) -> None:
    region = altered(await open_test_region("kursk"), change)
    (check,) = [check for check in CHECKS if check.words == words]
    assert fault in list(check.faults(region, TODAY))


async def test_a_part_of_the_api_without_a_schema_is_found(kursk: Region) -> None:
    (check,) = [check for check in CHECKS if check.words == "части API"]
    assert list(check.faults(kursk, TODAY)) == []
    broken = replace(kursk, graphql=("municipal.model",))
    assert list(check.faults(broken, TODAY)) == ["в модуле municipal.model нет SCHEMA"]


@pytest.mark.clause("tsur.practice/moderation")
@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (lambda rule: rule, []),
        (
            without(Deadline, "moderation"),
            ["предварительная проверка «moderated» не имеет срока"],
        ),
        (
            only(Deadline, "moderation", regimes=OF_THE_RULES),
            ["срок «moderation»: предварительная проверка только для сообщений портала"],
        ),
        (
            only(Deadline, "moderation", channels=frozenset()),
            ["срок «moderation»: предварительная проверка только для сообщений портала"],
        ),
    ],
)
async def test_a_check_beforehand_is_of_messages_and_has_an_end(
    open_test_region: OpenRegion, change: Change, faults: list[str]
) -> None:
    region = altered(await open_test_region("tests.grounds.terms"), change)
    (check,) = (one for one in CHECKS if one.words == "предварительная проверка")
    assert [*check.faults(region, TODAY)] == faults
