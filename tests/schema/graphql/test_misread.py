"""What cannot be read or run is told in Russian, with its place, and without what was written."""

from __future__ import annotations

import re

import pytest
from graphql import GraphQLSyntaxError, build_schema, parse, validate

from schema.graphql.misread import complaint

SCHEMA = build_schema("type Query { a(x: Int!): T b: Int } type T { c: Int }")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("{", (1, 2), "нужно имя, а стоит конец запроса"),
        ("", (1, 1), "здесь не может стоять конец запроса"),
        ("{\n  b\n  a(\n}", (4, 1), "нужно имя, а стоит «}»"),
        ('{ a(x: "Иванов }', (1, 17), "строка не закрыта"),
        ("{ a(x: 'Иванов') }", (1, 8), "строки пишут в двойных кавычках"),
        ('query "Иванов" { b }', (1, 7), "нужно «{», а стоит строка"),
        ("{ a(x: 01) }", (1, 9), "число записано неверно"),
        ("{ a(x: {y 1}) }", (1, 11), "нужно «:», а стоит число"),
        ('{ a(x: "\\q") }', (1, 9), "после «\\» стоит неизвестный знак"),
        ("query($x: Int = $y) { b }", (1, 17), "переменной здесь не место"),
        ("{ ..a }", (1, 3), "нужны три точки"),
        ("{ б }", (1, 3), "такому знаку здесь не место"),
        ('"d" { b }', (1, 1), "записано неверно"),
    ],
)
def test_where_a_document_cannot_be_read(text: str, place: tuple[int, int], words: str) -> None:
    with pytest.raises(GraphQLSyntaxError) as failed:
        parse(text)
    line, sign = place
    assert complaint(failed.value) == f"Запрос не читается: строка {line}, знак {sign}: {words}."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{ zzz }", "У «Query» нет поля «zzz»."),
        ("{ a { c } }", "Полю «Query.a» нужен аргумент «x»."),
        ("{ a(x: 1) }", "Скажите, какие поля нужны у «a»."),
        ("{ a(x: 1, y: 2) { c } }", "У поля «Query.a» нет аргумента «y»."),
        ("{ b { c } }", "У поля «b» своих полей нет."),
        ("{ a(x: $x) { c } }", "Переменная «x» не объявлена."),
        ("query($x: Int) { b }", "Переменная «x» объявлена и не нужна."),
        ("query($x: String!) { a(x: $x) { c } }",
         "Переменная «x» — «String!», а здесь нужно «Int!»."),
        ("query($x: Zz) { ...F @include(if: $x) } fragment F on Query { b }", "Вида «Zz» нет."),
        ("{ ...f }", "Фрагмента «f» нет."),
        ("{ b } fragment f on T { c }", "Фрагмент «f» не нужен."),
        ("{ b @zz }", "Директивы «zz» нет."),
        ("{ b b: a(x: 1) { c } }", "Под именем «b» запрошено разное."),
        ("query q { b } query q { b }", "Имя «q» дано дважды."),
        ("{ b } query q { b }", "Операций несколько: дайте каждой имя."),
        ('{ a(x: "Иванов") { c } }', "Здесь нужно целое число."),
    ],
)  # fmt: skip
def test_what_the_schema_has_not(text: str, words: str) -> None:
    assert words in [complaint(error) for error in validate(SCHEMA, parse(text))]


def test_nothing_common_is_told_in_english() -> None:
    """But for names and the language's own words."""
    for text in ("{ a }", "{ b { c } d }", "query($x: Int) { a(y: $z) { c } ...g }"):
        for error in validate(SCHEMA, parse(text)):
            assert re.findall(r"[A-Za-z]{3,}", re.sub(r"«[^»]*»", "", complaint(error))) == []
