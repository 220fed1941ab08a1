"""What each kind of rule orders, said in one Russian sentence."""

from __future__ import annotations

from functools import singledispatch

from core.rules.blocks import Block, BlockKind, Body, Owner, Theme
from core.rules.calendar import Calendar
from core.rules.duty import Duty
from core.rules.handling import (
    ComplaintRule,
    Deadline,
    DisputeRule,
    DuplicateRule,
    EscalationStep,
    EvidenceRule,
    ProlongationLimit,
    Retention,
    SurveyRule,
    TemplateRule,
    TransferRule,
    Transition,
    Unit,
)
from core.rules.indicator_wording import kind_words, target_words
from core.rules.intake import (
    Addressees,
    ApplicantScope,
    Channel,
    IdentificationRule,
    NamedSystem,
    Numbering,
    Regime,
    Residence,
)
from core.rules.passport import Municipality, Passport
from core.rules.roles import Role
from core.rules.routing import Route, Target
from core.rules.rule import Rule
from core.rules.supply import SupplyDuty
from core.rules.words import EVIDENCE, days, keys, listed, period, plural, word, words


@singledispatch
def wording(rule: Rule) -> str:
    """The rule in words; every kind has its own, so a new kind without one stops the rendering."""
    raise NotImplementedError(f"Нет словесного изложения для {type(rule).__name__}")


@wording.register
def _(rule: Passport) -> str:
    return (
        f"{rule.name} ({rule.subject}): {rule.centre}, {rule.centre_short}; "
        f"время {rule.timezone}, номера «{rule.number_prefix}»"
    )


@wording.register
def _(rule: Municipality) -> str:
    codes = ", ".join(
        code.oktmo
        if code.since is None and code.until is None
        else f"{code.oktmo} ({period(code.since, code.until)})"
        for code in rule.codes
    )
    return f"{rule.name}, {rule.form}; ОКТМО {codes}; {rule.seat}"


@wording.register
def _(rule: Calendar) -> str:
    place = rule.country + (f"-{rule.subdivision}" if rule.subdivision else "")
    return f"рабочие дни по производственному календарю {place}"


@wording.register
def _(rule: Theme) -> str:
    return f"{rule.name}, {'общая для всех регионов' if rule.federal else 'дополнительная'}"


@wording.register
def _(rule: Block) -> str:
    parts = [rule.name, f"тематики: {keys(rule.themes)}" if rule.themes else "все тематики"]
    parts.append("отраслевой" if rule.form is BlockKind.SECTOR else "тематический")
    if rule.channels:
        parts.append(f"каналы: {keys(rule.channels)}")
    if rule.municipalities:
        parts.append(f"территории: {keys(rule.municipalities)}")
    if not rule.significant:
        parts.append("вне ускоренного решения")
    if not rule.has_responsible:
        parts.append("без ответственного")
    return "; ".join(parts)


@wording.register
def _(rule: Body) -> str:
    parent = f", подчинён `{rule.parent}`" if rule.parent else ""
    return f"{rule.name} ({word(rule.form)}){parent}"


@wording.register
def _(rule: Owner) -> str:
    share = "по умолчанию" if rule.default else "наравне с другим"
    return f"`{rule.body}` отвечает за `{rule.theme}` {share}"


@wording.register
def _(rule: Role) -> str:
    service = "служебная учётная запись; " if rule.service else ""
    return (
        f"{rule.name}: {service}{word(rule.reach)}, ступень {rule.rank}; "
        f"может: {listed(rule.permissions)}"
    )


@wording.register
def _(rule: ApplicantScope) -> str:
    lives = rule.residences - {Residence.UNKNOWN}
    everywhere = lives == frozenset(Residence) - {Residence.UNKNOWN}
    where = "где бы ни жили" if everywhere else f"живущие {listed(lives)}"
    return f"{listed(rule.kinds)}; {where}"


@wording.register
def _(rule: Addressees) -> str:
    return listed(rule.kinds)


@wording.register
def _(rule: Channel) -> str:
    parts = [f"{rule.name}: {word(rule.form)}, режим: {word(rule.regime)}"]
    if rule.electronic and rule.regime is Regime.APPEAL:
        parts.append("нужна идентификация")
    if rule.system:
        parts.append(f"система `{rule.system}`")
    return "; ".join(parts)


@wording.register
def _(rule: NamedSystem) -> str:
    return f"{rule.name}: {rule.purpose}"


@wording.register
def _(rule: IdentificationRule) -> str:
    return f"электронное обращение без идентификации ведётся как {word(rule.otherwise)}"


@wording.register
def _(rule: Numbering) -> str:
    return f"номер по образцу `{rule.pattern}`"


@wording.register
def _(rule: Transition) -> str:
    target = f"«{word(rule.target)}»" if rule.target else "без перемены состояния"
    sources = ", ".join(f"«{name}»" for name in words(rule.sources))
    return f"{word(rule.fact)}: {sources} → {target}; право: {word(rule.permission)}"


@wording.register
def _(rule: Deadline) -> str:
    length = (
        "к моменту, который назвал канал"
        if rule.unit is Unit.GIVEN
        else days(rule.length, word(rule.unit))
    )
    parts = [f"{rule.name}: {length}", f"{word(rule.starts)} → {word(rule.stops)}"]
    if rule.regimes != frozenset(Regime):
        parts.append(f"режим: {listed(rule.regimes)}")
    if rule.significant_only:
        parts.append("социально значимые тематики")
    if rule.themes:
        parts.append(f"тематики: {keys(rule.themes)}")
    if rule.prolongable:
        parts.append("может быть продлён")
    if rule.yields_to_prolongation:
        parts.append("уступает продлённому сроку")
    return "; ".join(parts)


@wording.register
def _(rule: ProlongationLimit) -> str:
    times = f"{rule.times} {plural(rule.times, 'раза', 'раз', 'раз')}"
    return f"не более {times}, всего не более чем на {days(rule.days)}"


@wording.register
def _(rule: TransferRule) -> str:
    return (
        f"после {rule.limit} передач решает координатор; принять за {days(rule.accept_within_days)}"
    )


@wording.register
def _(rule: ComplaintRule) -> str:
    return "жалоба не направляется тому, на кого она подана, и подчинённым ему"


@wording.register
def _(rule: EscalationStep) -> str:
    when = (
        f"за {days(rule.before_days)} до срока"
        if rule.before_days > 0
        else "в день срока"
        if rule.before_days == 0
        else f"через {days(-rule.before_days)} после срока"
    )
    again = f", затем каждые {days(rule.repeat_days)}" if rule.repeat_days else ", один раз"
    return f"ступень {rule.order}: {when} узнаёт `{rule.to_role}`{again}"


@wording.register
def _(rule: EvidenceRule) -> str:
    return f"«решено» подтверждает: {', '.join(EVIDENCE.get(k, k) for k in sorted(rule.kinds))}"


@wording.register
def _(rule: TemplateRule) -> str:
    return "центр разрабатывает шаблоны ответов"


@wording.register
def _(rule: SurveyRule) -> str:
    return f"ссылка действует {days(rule.valid_days)}; оценка до {rule.bad_mark} открывает спор"


@wording.register
def _(rule: DisputeRule) -> str:
    return f"{days(rule.window_days)} после закрытия"


@wording.register
def _(rule: DuplicateRule) -> str:
    share = f"{rule.threshold / 10:g} %".replace(".", ",")
    return f"одна тематика и место, {days(rule.within_days)}, сходство от {share}; решает человек"


@wording.register
def _(rule: SupplyDuty) -> str:
    return f"по запросу за {days(rule.days, word(Unit.CALENDAR_DAYS))}: {listed(rule.kinds)}"


@wording.register
def _(rule: Duty) -> str:
    return f"исполняет {keys(rule.served_by)}"


@wording.register
def _(rule: Retention) -> str:
    return f"не менее {rule.years} {plural(rule.years, 'года', 'лет', 'лет')}"


@wording.register
def _(rule: Route) -> str:
    target = {
        Target.BODY: f"органу `{rule.body}`",
        Target.ADDRESSEE: "адресату",
        Target.OWNER: "органу, отвечающему за тематику",
        Target.MUNICIPALITY: "администрации муниципального образования",
    }[rule.target]
    parts = [f"очередь {rule.priority}: {target}"]
    for name, wanted in (
        ("тематики", rule.themes),
        ("каналы", rule.channels),
        ("территории", rule.municipalities),
        ("адресаты", rule.addressees),
    ):
        if wanted:
            parts.append(f"{name}: {keys(wanted)}")
    if rule.when is not None:
        parts.append("если выполнено условие маршрута")
    return "; ".join(parts)


wording.register(kind_words)
wording.register(target_words)
