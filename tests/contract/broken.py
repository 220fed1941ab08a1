"""Layers of law that are wrong in one thing each, and the line that says so."""

from __future__ import annotations

from typing import NamedTuple

from tests.contract.conftest import ACT, CHAPTER

LAW = "plugins/fifth/law.py"
FIRST = len(CHAPTER.splitlines()) + 1
"""The line of the chapter on which what is added begins."""

TOML = f"plugins/fifth/act.toml:{len(ACT.splitlines()) + 1}"


class Broken(NamedTuple):
    """The text added to the chapter, or to the act's file, and the one line that comes of it."""

    says: str
    line: str
    act: str = ""


def rules(hook: str, *rules: str) -> str:
    """A chapter that answers one more hook."""
    return f"\n@hookimpl\ndef {hook}():\n    return ({', '.join(rules)},)\n"


def named(key: str, text: str) -> str:
    """The line about an unknown key, under the clause that every rule here cites."""
    return f"{LAW}: fifth.1/2 (Постановление № 1, п. 2): {text.replace('KEY', key)}"


TEXT = 'clause=ACT.cite("2")'
BLOCK = f'BlockRule("new", "Новый", ("roads",), {TEXT})'
AFTER = "from datetime import date\n"
LATE = f'Theme("parks", "Парки", since=date(2026, 1, 1), {TEXT})'

BROKEN = {
    "unknown theme": Broken(
        rules("blocks", BLOCK.replace("roads", "roadz")),
        named("roadz", "тематика «KEY» не установлена; похожая: «roads»"),
    ),
    "unknown theme unlike all": Broken(
        rules("blocks", BLOCK.replace("roads", "щ")), named("щ", "тематика «KEY» не установлена")
    ),
    "unknown body": Broken(
        rules("owners", f'Owner("x", "roads", "officee", {TEXT})')
        + rules("bodies", f'Body("office", "Служба", BodyKind.EXECUTIVE, {TEXT})'),
        named("officee", "орган «KEY» не установлен; похожий: «office»"),
    ),
    "unknown municipality of a rule": Broken(
        rules("themes", f'Theme("parks", "Парки", municipality="omsk", {TEXT})'),
        named("omsk", "муниципальное образование «KEY» не установлено"),
    ),
    "unknown role": Broken(
        rules("involvements", f'Involvement("heed", frozenset({{BodyKind.OTHER}}), {TEXT})'),
        named("heed", "роль «KEY» не установлена; похожая: «head»"),
    ),
    "unknown channel": Broken(
        rules("blocks", BLOCK.replace("clause", 'channels=frozenset({"leter"}), clause')),
        named("leter", "канал «KEY» не установлен; похожий: «letter»"),
    ),
    "unknown ladder": Broken(
        rules("escalations", f'EscalationStep("x", 1, 2, "head", ladder="anser", {TEXT})'),
        named("anser", "срок «KEY» не установлен; похожий: «answer»"),
    ),
    "unknown block": Broken(
        rules("pools", f'Pool("x", "head", blocks=frozenset({{"healt"}}), {TEXT})'),
        named("healt", "блок «KEY» не установлен; похожий: «health»"),
    ),
    "unknown rank": Broken(
        rules("accepted_positions", f'AcceptedPosition("head", "unit-hed", {TEXT})'),
        named("unit-hed", "должность «KEY» не установлена; похожая: «unit-head»"),
    ),
    "theme that comes later": Broken(
        AFTER + rules("themes", LATE) + rules("blocks", BLOCK.replace("roads", "parks")),
        named("parks", "тематика «KEY» не установлена до 01.01.2026"),
    ),
    "forgotten mark": Broken(
        "\ndef themes():\n    return ()\n",
        f"{LAW}:{FIRST + 1}: функция «themes» без @hookimpl не отвечает",
    ),
    "misspelt hook": Broken(
        rules("deadline", "1"),
        f"{LAW}:{FIRST + 1}: такого вопроса нет: «deadline»; похожий: «deadlines»",
    ),
    "wrong answer": Broken(
        "\n@hookimpl\ndef themes():\n    return None\n",
        f"{LAW}:{FIRST + 1}: ответ «themes»: нужно tuple[Theme, ...], дано None (NoneType)",
    ),
    "wrong kind": Broken(
        rules("themes", BLOCK),
        f"{LAW}:{FIRST + 1}: ответ «themes»: нужно tuple[Theme, ...], дано (BlockRule(key='new', ",
    ),
    "wrong type": Broken(
        rules("blocks", BLOCK.replace('("roads",)', '"roads"')),
        f"{LAW}: Block 'new': fifth.1/2 (Постановление № 1, п. 2): "
        "поле themes: нужно tuple[str, ...], дано 'roads' (str)",
    ),
    "truth for a number": Broken(
        rules("owners", f'Owner("x", "roads", "office", default=1, {TEXT})'),
        f"{LAW}: Owner 'x': fifth.1/2 (Постановление № 1, п. 2): "
        "поле default: нужно bool, дано 1 (int)",
    ),
    "text for a code": Broken(
        rules("bodies", f'Body("office", "Служба", "executive", {TEXT})'),
        f"{LAW}: Body 'office': fifth.1/2 (Постановление № 1, п. 2): "
        "поле form: нужно BodyKind, дано 'executive' (str)",
    ),
    "misspelt event of a listener": Broken(
        rules("listeners", 'Listener("appeal.close", print)'),
        f"{LAW}: слушают событие «appeal.close», его нет; похожее: «appeal.closed»",
    ),
    "listener that cannot run": Broken(
        rules("listeners", 'Listener("appeal.closed", "print")'),
        f"{LAW}:{FIRST + 1}: ответ «listeners»: нужно tuple[Listener, ...], дано (Listener(",
    ),
    "clause that is not there": Broken(
        'CITED = ACT.cite("7")\n', f"{LAW}:{FIRST}: в акте fifth.1 нет нормы «7»"
    ),
    "clause that is not there, inside a hook": Broken(
        rules("themes", BLOCK.replace('"2"', '"22"')),
        f"{LAW}:{FIRST + 3}: в акте fifth.1 нет нормы «22»; похожая: «2»",
    ),
    "looser deadline": Broken(
        rules(
            "deadlines",
            'Deadline("answer", "Ответ", starts=Fact.REGISTERED, stops=Fact.ANSWERED, length=45, '
            f"regimes=frozenset({{Regime.APPEAL}}), prolongable=True, {TEXT})",
        ),
        f"{LAW}: Deadline 'answer': fifth.1/2 (Постановление № 1, п. 2) против fz59/12.1 (59-ФЗ, ",
    ),
    "a kind without a code": Broken(
        "\nclass Odd(Theme):\n    code = ''\n" + rules("themes", f'Odd("x", "Х", {TEXT})'),
        "plugins/fifth: не выполняется: ValueError: У вида правил Odd нет кода",
    ),
    "a kind that cannot compare itself": Broken(
        "\nclass Odd(Theme):\n    code = 'odd'\n\n"
        "    def no_looser_than(self, other):\n        1 / 0\n"
        + rules(
            "themes",
            f'Odd("x", "Х", floor=True, {TEXT})',
            f'Odd("x", "Х", municipality="omsk", {TEXT})',
        ),
        f"{LAW}:{FIRST + 5}: не выполняется: ZeroDivisionError: division by zero",
    ),
    "replaces what is not there": Broken(
        rules("themes", f'Theme("x", "Х", replaces=ACT.cite("1"), {TEXT})'),
        f"{LAW}: Theme 'x': fifth.1/2 (Постановление № 1, п. 2) "
        "заменяет fifth.1/1, но такой нормы там нет",
    ),
    "missing field": Broken(
        rules("themes", f'Theme("x", {TEXT})'),
        f"{LAW}:{FIRST + 3}: вызвано не так: TypeError: Theme.__init__() missing 1 required",
    ),
    "unknown name": Broken("X = Thme\n", f"{LAW}:{FIRST}: имя «Thme» не определено"),
    "unknown import": Broken(
        "from core.api import Thme\n", f"{LAW}:{FIRST}: в модуле core.api нет имени «Thme»"
    ),
    "missing module": Broken(
        "import no_such_module\n", f"{LAW}:{FIRST}: нет модуля «no_such_module»"
    ),
    "no Python": Broken("def (:\n", f"{LAW}:{FIRST}: ошибка в записи: SyntaxError: "),
    "any exception": Broken(
        "\n@hookimpl\ndef themes():\n    raise RuntimeError('как\\nпопало')\n",
        f"{LAW}:{FIRST + 3}: не выполняется: RuntimeError: как попало",
    ),
    "duplicate clause": Broken(
        "",
        f"{TOML}: норма «1» записана дважды",
        '[[clause]]\nid = "1"\nnumber = "п. 3"\nquote = ""\nsays = ""\narea = ""\nsoftware = ""\n',
    ),
    "clause without words": Broken("", f"{TOML}: нет ключа «number»", '[[clause]]\nid = "3"\n'),
    "clause with a misspelt key": Broken(
        "",
        f"{TOML}: лишний ключ «qoute»; похожий: «quote»",
        '[[clause]]\nid = "3"\nqoute = "x"\n',
    ),
    "clause of a wrong type": Broken(
        "",
        f"{TOML}: поле number: нужно str, дано 3 (int)",
        '[[clause]]\nid = "3"\nnumber = 3\nquote = ""\nsays = ""\narea = ""\nsoftware = ""\n',
    ),
    "no TOML": Broken("", f"{TOML}: это не TOML, столбец 6: ", "id = \n"),
}
