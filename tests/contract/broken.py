"""Layers of law that are wrong in one thing each, and the line that says so."""

from __future__ import annotations

from typing import NamedTuple

from tests.contract.conftest import KNOWN

LAW = "plugins/fifth/chapter_0.py"
FIRST = len(KNOWN.splitlines()) + 1
"""The line of the chapter on which what is added begins."""


class Broken(NamedTuple):
    """The text added to the chapter, or to the act's file, and the one line that comes of it."""

    says: str
    line: str
    act: str = ""


def answers(hook: str, *what: str) -> str:
    """A chapter that answers a hook."""
    return f"\n@hookimpl\ndef {hook}():\n    return ({', '.join(what)},)\n"


def rules(*given: str) -> str:
    """A chapter that hands these rules over."""
    return answers("rules", *given)


def named(key: str, text: str) -> str:
    """The line about an unknown key, under the clause that every rule here cites."""
    return f"{LAW}: fifth.1/2 (Постановление № 1, п. 2): {text.replace('KEY', key)}"


TEXT = 'clause=ACT.cite("2")'
BLOCK = f'BlockRule("new", "Новый", ("roads",), {TEXT})'
AFTER = "from datetime import date\n"
LATE = f'Theme("parks", "Парки", since=date(2026, 1, 1), {TEXT})'

BROKEN = {
    "unknown theme": Broken(
        rules(BLOCK.replace("roads", "roadz")),
        named("roadz", "тематика «KEY» не установлена; похожая: «roads»"),
    ),
    "unknown theme unlike all": Broken(
        rules(BLOCK.replace("roads", "щ")), named("щ", "тематика «KEY» не установлена")
    ),
    "unknown body": Broken(
        rules(
            f'Owner("x", "roads", "officee", {TEXT})',
            f'Body("office", "Служба", BodyKind.EXECUTIVE, {TEXT})',
        ),
        named("officee", "орган «KEY» не установлен; похожий: «office»"),
    ),
    "unknown own fact": Broken(
        rules(
            f'Deadline("draft", "Проект", Fact.ACCEPTED, own("drafft"), 8, Unit.HOURS, {TEXT})',
            f'OwnFact("draft", "Проект", frozenset({{State.QUEUED}}), Permission.ANSWER, {TEXT})',
        ),
        named("drafft", "событие «KEY» не установлено; похожее: «draft»"),
    ),
    "unknown own fact that relieves": Broken(
        rules(
            'Deadline("x", "Срок", Fact.ACCEPTED, Fact.ROUTED, 8, '
            f'relieved_by=frozenset({{own("щ")}}), {TEXT})'
        ),
        named("щ", "событие «KEY» не установлено"),
    ),
    "a term below nought": Broken(
        rules(f'Deadline("x", "Срок", Fact.RECEIVED, Fact.ROUTED, -1, {TEXT})'),
        f"{LAW}:{FIRST + 3}: срок «x»: fifth.1/2 (Постановление № 1, п. 2): "
        "срок не бывает меньше нуля",
    ),
    "a term without end": Broken(
        rules(f'Deadline("x", "Срок", Fact.RECEIVED, Fact.ROUTED, 10**12, {TEXT})'),
        f"{LAW}:{FIRST + 3}: срок «x»: fifth.1/2 (Постановление № 1, п. 2): "
        "срок длиннее 100000 не бывает ни в каких единицах",
    ),
    "a name that says nothing": Broken(
        rules(f'Theme("parks", " ", {TEXT})'),
        f"{LAW}: тематика «parks»: fifth.1/2 (Постановление № 1, п. 2): поле name: пусто",
    ),
    "a name of two lines": Broken(
        rules(f'Theme("parks", "Парки\\nи скверы", {TEXT})'),
        f"{LAW}: тематика «parks»: fifth.1/2 (Постановление № 1, п. 2): "
        "поле name: текст пишут в одну строку",
    ),
    "a list that says nothing": Broken(
        rules(f'Addressees("region", frozenset(), {TEXT})'),
        f"{LAW}: правило раздела «Кому адресованы», «region»: fifth.1/2 (Постановление № 1, п. 2): "
        "поле kinds: пусто",
    ),
    "a number below nought": Broken(
        rules(f'Rank("clerk", "Специалист", -1, {TEXT})'),
        f"{LAW}: должность «clerk»: fifth.1/2 (Постановление № 1, п. 2): "
        "поле level: меньше нуля не бывает",
    ),
    "absorbs what is not there": Broken(
        rules(BLOCK.replace("clause", 'absorbs=frozenset({"solid-wast"}), clause')),
        f"{LAW}: блок «new»: fifth.1/2 (Постановление № 1, п. 2) "
        "поглощает «solid-wast», в прежних слоях этого нет; похожее: «solid-waste»",
    ),
    "absorbs with an unknown theme": Broken(
        rules(
            f'BlockRule("wide", "Широкий", ("roads", "solid-wast"), '
            f'absorbs=frozenset({{"solid-waste"}}), {TEXT})'
        ),
        named("solid-wast", "тематика «KEY» не установлена; похожая: «solid-waste»"),
    ),
    "two municipalities of one code": Broken(
        rules(
            *(
                f'Municipality("{key}", "{name}", "округ", (TerritoryCode("38620000"),), '
                f"'с. {name}', 50.0, 40.0, {TEXT})"
                for key, name in (("pole", "Поле"), ("luga", "Луга"))
            )
        ),
        f"{LAW}: fifth.1/2 (Постановление № 1, п. 2): код ОКТМО «38620000» стоит и у «pole», и у "
        "«luga»",
    ),
    "no day to hold on": Broken(
        AFTER + rules(LATE.replace("clause=", "until=date(2026, 1, 1), clause=")),
        f"{LAW}:{FIRST + 4}: тематика «parks»: fifth.1/2 (Постановление № 1, п. 2) "
        "не действует ни дня: конец не позже начала",
    ),
    "a day that no year has": Broken(
        "\nSUMMER = Season((4, 31), (10, 15))\n",
        f"{LAW}:{FIRST + 1}: в сезоне с 31.04 по 15.10 есть день, которого нет в году",
    ),
    "unknown municipality of a rule": Broken(
        rules(f'Theme("parks", "Парки", municipality="omsk", {TEXT})'),
        named("omsk", "муниципальное образование «KEY» не установлено"),
    ),
    "unknown role": Broken(
        rules(f'Involvement("heed", frozenset({{BodyKind.OTHER}}), {TEXT})'),
        named("heed", "роль «KEY» не установлена; похожая: «head»"),
    ),
    "unknown channel": Broken(
        rules(BLOCK.replace("clause", 'channels=frozenset({"leter"}), clause')),
        named("leter", "канал «KEY» не установлен; похожий: «letter»"),
    ),
    "unknown ladder": Broken(
        rules(f'EscalationStep("x", 1, 2, "head", ladder="anser", {TEXT})'),
        named("anser", "срок «KEY» не установлен; похожий: «answer»"),
    ),
    "unknown block": Broken(
        rules(f'Pool("x", "head", blocks=frozenset({{"healt"}}), {TEXT})'),
        named("healt", "блок «KEY» не установлен; похожий: «health»"),
    ),
    "unknown rank": Broken(
        rules(f'AcceptedPosition("head", "unit-hed", {TEXT})'),
        named("unit-hed", "должность «KEY» не установлена; похожая: «unit-head»"),
    ),
    "theme that comes later": Broken(
        AFTER + rules(LATE, BLOCK.replace("roads", "parks")),
        named("parks", "тематика «KEY» не установлена до 01.01.2026"),
    ),
    "forgotten mark": Broken(
        "\ndef rules():\n    return ()\n",
        f"{LAW}:{FIRST + 1}: функция «rules» без @hookimpl не отвечает",
    ),
    "misspelt hook": Broken(
        answers("rule", "1"),
        f"{LAW}:{FIRST + 1}: такого вопроса нет: «rule»; похожий: «rules»",
    ),
    "wrong answer": Broken(
        "\n@hookimpl\ndef rules():\n    return None\n",
        f"{LAW}:{FIRST + 1}: ответ «rules»: нужно tuple[Rule, ...], дано None (NoneType)",
    ),
    "an answer to be awaited": Broken(
        "\n@hookimpl\nasync def rules():\n    return ()\n",
        f"{LAW}:{FIRST + 1}: ответ «rules»: нужно tuple[Rule, ...], дано <coroutine object "
        "rules> (coroutine)",
    ),
    "wrong kind": Broken(
        rules('"roads"'),
        f"{LAW}:{FIRST + 1}: ответ «rules»: нужно tuple[Rule, ...], дано ('roads',) (tuple)",
    ),
    "wrong type": Broken(
        rules(BLOCK.replace('("roads",)', '"roads"')),
        f"{LAW}: блок «new»: fifth.1/2 (Постановление № 1, п. 2): "
        "поле themes: нужно tuple[str, ...], дано 'roads' (str)",
    ),
    "truth for a number": Broken(
        rules(f'Owner("x", "roads", "office", default=1, {TEXT})'),
        f"{LAW}: правило раздела «Кто отвечает за тематику», «x»: fifth.1/2 (Постановление № 1,"
        " п. 2): поле default: нужно bool, дано 1 (int)",
    ),
    "text for a code": Broken(
        rules(f'Body("office", "Служба", "executive", {TEXT})'),
        f"{LAW}: орган «office»: fifth.1/2 (Постановление № 1, п. 2): "
        "поле kind: нужно BodyKind, дано 'executive' (str)",
    ),
    "misspelt event of a listener": Broken(
        answers("listeners", 'Listener("appeal.close", print)'),
        f"{LAW}: слушают событие «appeal.close», его нет; похожее: «appeal.closed»",
    ),
    "listener of nothing": Broken(
        "\nasync def heard():\n    pass\n"
        + answers("listeners", 'Listener("appeal.closed", heard)'),
        f"{LAW}: слушатель события «appeal.closed» берёт не то: нужны работа и событие",
    ),
    "listener that cannot run": Broken(
        answers("listeners", 'Listener("appeal.closed", "print")'),
        f"{LAW}:{FIRST + 1}: ответ «listeners»: нужно tuple[Listener, ...], дано (Listener(",
    ),
    "clause that is not there": Broken(
        'CITED = ACT.cite("7")\n', f"{LAW}:{FIRST}: в акте fifth.1 нет нормы «7»"
    ),
    "clause that is not there, inside a hook": Broken(
        rules(BLOCK.replace('"2"', '"22"')),
        f"{LAW}:{FIRST + 3}: в акте fifth.1 нет нормы «22»; похожая: «2»",
    ),
    "looser deadline": Broken(
        rules(
            'Deadline("answer", "Ответ", starts=Fact.REGISTERED, stops=Fact.ANSWERED, length=45, '
            f"regimes=frozenset({{Regime.APPEAL}}), prolongable=True, {TEXT})",
        ),
        f"{LAW}: срок «answer»: fifth.1/2 (Постановление № 1, п. 2) против fz59/12.1 (ч. 1 ",
    ),
    "a kind without a code": Broken(
        "\nclass Odd(Theme):\n    code = ''\n" + rules(f'Odd("x", "Х", {TEXT})'),
        "plugins/fifth: не выполняется: ValueError: У вида правил Odd нет кода",
    ),
    "a kind that cannot compare itself": Broken(
        "\nclass Odd(Theme):\n    code = 'odd'\n\n"
        "    def no_looser_than(self, other):\n        1 / 0\n"
        + rules(
            f'Odd("x", "Х", floor=True, {TEXT})',
            f'Odd("x", "Х", municipality="omsk", {TEXT})',
        ),
        f"{LAW}:{FIRST + 5}: не выполняется: ZeroDivisionError: division by zero",
    ),
    "replaces what is not there": Broken(
        rules(f'Theme("x", "Х", replaces=ACT.cite("1"), {TEXT})'),
        f"{LAW}: тематика «x»: fifth.1/2 (Постановление № 1, п. 2) "
        "заменяет fifth.1/1, но такой нормы там нет",
    ),
    "a text for a clause": Broken(
        rules('Theme("x", "Х", clause="2")'),
        f"{LAW}:{FIRST + 3}: тематика «x»: поле clause: нужно Clause, дано '2' (str)",
    ),
    "a text for a day": Broken(
        rules(f'Theme("x", "Х", since="2026-01-01", {TEXT})'),
        f"{LAW}:{FIRST + 3}: тематика «x»: поле since: нужно date | None, дано '2026-01-01' (str)",
    ),
    "a clause in letters of the other alphabet": Broken(
        rules(f'Theme("x", "Х", replaces=RU_1844.cite("8.a"), {TEXT})'),
        f"{LAW}:{FIRST + 3}: в акте ru.1844 нет нормы «8.a»; похожая: «8.а»",
    ),
    "missing field": Broken(
        rules(f'Theme("x", {TEXT})'),
        f"{LAW}:{FIRST + 3}: Theme: не дано «name»",
    ),
    "missing fields": Broken(
        rules(f"Deadline({TEXT})"),
        f"{LAW}:{FIRST + 3}: Deadline: не дано «key», «name», «starts», «stops»",
    ),
    "unknown field": Broken(
        rules(f'Theme("x", "Х", nam=1, {TEXT})'), f"{LAW}:{FIRST + 3}: Theme: нет поля «nam»"
    ),
    "called wrongly": Broken(
        rules("len()"), f"{LAW}:{FIRST + 3}: вызвано не так: TypeError: len() takes exactly one "
    ),
    "unknown name": Broken("X = Thme\n", f"{LAW}:{FIRST}: имя «Thme» не определено"),
    "unknown import": Broken(
        "from core.api import Thme\n", f"{LAW}:{FIRST}: в модуле core.api нет имени «Thme»"
    ),
    "missing module": Broken(
        "import no_such_module\n", f"{LAW}:{FIRST}: нет модуля «no_such_module»"
    ),
    "no Python": Broken("def (:\n", f"{LAW}:{FIRST}: ошибка в записи: SyntaxError: "),
    "an act called as another": Broken(
        "from dataclasses import replace\n" + answers("acts", 'replace(ACT, id="ru.1844")'),
        "plugins/fifth: акт «ru.1844» (Постановление № 1): так уже назван другой, Правила № 1844",
    ),
    "a chapter that ends the program": Broken(
        "raise SystemExit(3)\n", f"{LAW}:{FIRST}: не выполняется: SystemExit: 3"
    ),
    "any exception": Broken(
        "\n@hookimpl\ndef rules():\n    raise RuntimeError('как\\nпопало')\n",
        f"{LAW}:{FIRST + 3}: не выполняется: RuntimeError: как попало",
    ),
}
