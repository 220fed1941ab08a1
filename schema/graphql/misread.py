"""What is wrong with a document, in Russian: where it cannot be read, what the schema has not."""

from __future__ import annotations

import re

from graphql import GraphQLError, GraphQLSyntaxError, SourceLocation

from schema.graphql.wording import russian

TOKENS = tuple(
    (re.compile(english, re.DOTALL), words)
    for english, words in (
        (r"<EOF>", "конец запроса"),
        (r"Name '(.*)'", r"«\1»"),
        (r"Name", "имя"),
        (r"(?:Int|Float)(?: .*)?", "число"),
        (r"(?:Block)?String(?: .*)?", "строка"),
        (r"'(.*)'", r"«\1»"),
    )
)
SYNTAX = (
    (re.compile(r"Expected (.*), found (.*)\.", re.DOTALL), "нужно {}, а стоит {}"),
    (re.compile(r"Unexpected (<EOF>|(?:Name|Int|Float|String|BlockString) .*|'[^.]')\."),
     "здесь не может стоять {}"),
    (re.compile(r"Unterminated string\."), "строка не закрыта"),
    (re.compile(r"Invalid number.*", re.DOTALL), "число записано неверно"),
    (re.compile(r"Invalid .*escape sequence.*", re.DOTALL), "после «\\» стоит неизвестный знак"),
    (re.compile(r"Unexpected single quote.*", re.DOTALL), "строки пишут в двойных кавычках"),
    (re.compile(r"Unexpected variable .*", re.DOTALL), "переменной здесь не место"),
    (re.compile(r"Unexpected '\.\.'.*", re.DOTALL), "нужны три точки"),
    (re.compile(r"(?:Unexpected|Invalid) character.*", re.DOTALL), "такому знаку здесь не место"),
)  # fmt: skip
OTHER = "записано неверно"
BEGINNING = SourceLocation(1, 1)

PHRASES = tuple(
    (re.compile(english, re.DOTALL), words)
    for english, words in (
        (r"Cannot query field '(\w+)' on type '(\w+)'\..*", r"У «\2» нет поля «\1»."),
        (r"Unknown argument '(\w+)' on field '([\w.]+)'\..*", r"У поля «\2» нет аргумента «\1»."),
        (r"Argument '([\w.@]+)\((\w+):\)' of type .* is required.*",
         r"Полю «\1» нужен аргумент «\2»."),
        (r"Field '(\w+)' of type '[^']+' must have a selection of subfields.*",
         r"Скажите, какие поля нужны у «\1»."),
        (r"Field '(\w+)' must not have a selection .*", r"У поля «\1» своих полей нет."),
        (r"Variable '\$(\w+)' is not defined.*", r"Переменная «\1» не объявлена."),
        (r"Variable '\$(\w+)' is never used.*", r"Переменная «\1» объявлена и не нужна."),
        (r"Variable '\$(\w+)' of type '([^']+)' used in position expecting type '([^']+)'\.",
         r"Переменная «\1» — «\2», а здесь нужно «\3»."),
        (r"Unknown type '(\w+)'\..*", r"Вида «\1» нет."),
        (r"Unknown fragment '(\w+)'\.", r"Фрагмента «\1» нет."),
        (r"Fragment '(\w+)' is never used\.", r"Фрагмент «\1» не нужен."),
        (r"Unknown directive '@(\w+)'\.", r"Директивы «\1» нет."),
        (r"Fields '(\w+)' conflict because .*", r"Под именем «\1» запрошено разное."),
        (r"There can be only one .* named '\$?(\w+)'\.", r"Имя «\1» дано дважды."),
        (r"Unknown operation named '(\w+)'\.", r"Операции «\1» в запросе нет."),
        (r"Must provide operation name if .*", "Операций несколько: назовите одну."),
        (r"This anonymous operation must be the only defined operation\.",
         "Операций несколько: дайте каждой имя."),
    )
)  # fmt: skip


def complaint(error: GraphQLError) -> str:
    """What is wrong with the document, or with a value in it; not what was given."""
    if isinstance(error, GraphQLSyntaxError):
        return _unread(error)
    found = ((english.fullmatch(error.message), said) for english, said in PHRASES)
    known = next((match.expand(said) for match, said in found if match), None)
    return known or russian(error.message)


def _unread(error: GraphQLSyntaxError) -> str:
    """Where the document cannot be read, and what stands there."""
    place = next(iter(error.locations or ()), BEGINNING)
    said = error.message.removeprefix("Syntax Error: ")
    return f"Запрос не читается: строка {place.line}, знак {place.column}: {_syntax(said)}."


def _syntax(said: str) -> str:
    for english, words in SYNTAX:
        if found := english.fullmatch(said):
            return words.format(*map(_token, found.groups()))
    return OTHER


def _token(said: str) -> str:
    found = ((english.fullmatch(said), words) for english, words in TOKENS)
    return next((match.expand(words) for match, words in found if match), "другое")
