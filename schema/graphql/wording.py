"""What is wrong with a value, in Russian: the library says it in English, and quotes the value."""

from __future__ import annotations

import re

BEGINS = "Переменная «"
"""How it is said that a variable is at fault."""

OF_VARIABLE = re.compile(r"Variable '\$(\w+)' has invalid value(?: at ['.]*([^:']*)'?)?: ")
GIVEN = re.compile(r"(?:(?<=value)|, found): .*", re.DOTALL)
"""Where the library quotes what it was given: a person's data may be in it."""

PHRASES = tuple(
    (re.compile(english, re.DOTALL), russian)
    for english, russian in (
        (r"Value '.*' does not exist in '(\w+)' enum\..*", r"такого значения у «\1» нет."),
        (r"Enum '(\w+)' cannot represent .*", r"здесь нужно одно из значений «\1», без кавычек."),
        (r"Boolean cannot represent .*", "здесь нужно true или false."),
        (r"Int cannot represent non 32-bit .*", "число слишком велико."),
        (r"Int cannot represent .*", "здесь нужно целое число."),
        (r"Float cannot represent .*", "здесь нужно число."),
        (r"String cannot represent .*", "здесь нужна строка."),
        (r"ID cannot represent .*", "здесь нужен номер: строка или целое число."),
        (r"Expected value of type '([^']+)' not to include unknown field '(\w+)'.*",
         r"поля «\2» у «\1» нет."),
        (r"Expected value of type '([^']+)' to include required field '(\w+)'.*",
         r"у «\1» не заполнено поле «\2»."),
        (r"Expected (?:a )?value of non-null type '([^']+)'.*",
         r"здесь нужно значение «\1», пустого не бывает."),
        (r"Expected value of type '([^']+)'.*", r"здесь нужно значение вида «\1»."),
    )
)  # fmt: skip


def russian(message: str) -> str:
    """What was expected, and of which variable; not what was given. Else the message unquoted."""
    where = OF_VARIABLE.match(message)
    if where is None:
        return _capital(_worded(message))
    place = ".".join(filter(None, where.groups()))
    return f"{BEGINS}{place}»: {_worded(message[where.end() :])}"


def _worded(said: str) -> str:
    for english, russian in PHRASES:
        if found := english.fullmatch(said):
            return found.expand(russian)
    return GIVEN.sub(".", said)


def _capital(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
