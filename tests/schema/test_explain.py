"""What is told of an operation: statements of its plans, or why there is none."""

from __future__ import annotations

import re

import pytest

from core.kernel.errors import Refusal
from core.kernel.region import Region
from schema.explain import explain
from tests.fixtures.statements import queries


def told(region: Region, text: str, **variables: object) -> list[str]:
    """The lines, without the columns that a statement selects and what it restricts."""
    lines = explain(region, text, None, variables).splitlines()
    kept = [re.sub(r"SELECT .*", "SELECT", line).rstrip() for line in lines]
    return [line for line in kept if line and not re.match(r"\s*(FROM|WHERE|LIMIT)\b", line)]


async def test_a_page_with_what_is_read_after_it(polygon: Region) -> None:
    text = "query($n: Int) { appeals(first: $n) { nodes { ledger { fact } answers { text } } } }"
    with queries(0):
        assert told(polygon, text, n=2) == [
            "Весь документ — по плану",
            "appeals — по плану",
            "  страница:",
            "  SELECT",
            "  потом, для всех найденных сразу: ledger по appeal_id",
            "  SELECT",
            "  потом, для всех найденных сразу: answer по appeal_id",
            "  SELECT",
            "  потом, для всех найденных сразу: answer по id",
            "  SELECT",
        ]


async def test_a_row_comes_with_its_first_list(polygon: Region) -> None:
    text = '{ one: appeal(id: "QXBwZWFsOjE=") { number ledger { fact } } }'
    assert told(polygon, text) == [
        "Весь документ — по плану",
        "one — по плану",
        "  строки:",
        "  SELECT",
        "  вместе со строкой: ledger по appeal_id",
    ]
    assert "FROM appeal LEFT OUTER JOIN ledger ON ledger.appeal_id = appeal.id" in explain(
        polygon, text
    )


async def test_the_number_of_all_rows_is_another_statement(polygon: Region) -> None:
    assert told(polygon, "{ bodies { totalCount } }") == [
        "Весь документ — по плану",
        "bodies — по плану",
        "  страница:",
        "  SELECT",
        "  сколько всего строк:",
        "  SELECT",
    ]


async def test_with_and_without_a_plan_in_one_document(polygon: Region) -> None:
    text = "{ passport { name } blocks { key } me { grants { bodies { key } } } __typename }"
    assert told(polygon, text) == [
        "Корневые поля с планом — по плану, остальные рядом с ними — graphql-core",
        "passport — по плану",
        "  база не нужна: отвечает чистая функция",
        "blocks — graphql-core: поле отвечает кодом, который ждёт базу (Query.blocks)",
        "me — graphql-core: поле отвечает кодом, который ждёт базу (MyGrant.bodies)",
        "__typename — graphql-core: служебное поле GraphQL (Query.__typename)",
    ]


JOURNALLED = "чтение остаётся в журнале: документ выполняется один раз и целиком (applicant)"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            'mutation { resolveIncident(input: {key: "x"}) { __typename } }',
            ["Весь документ — graphql-core: это изменение: их всегда выполняет graphql-core"],
        ),
        (
            '{ passport { name } appeals { nodes { applicant(purpose: "x") { name } } } }',
            [
                "Весь документ — graphql-core",
                f"passport — graphql-core: {JOURNALLED}",
                f"appeals — graphql-core: {JOURNALLED}",
            ],
        ),
        (
            '{ appeals(after: "x") { totalCount } }',
            [
                "Весь документ — по плану",
                "appeals — по плану",
                "  отказ, о нём скажет graphql-core: Курсор относится к другому списку или порядку",
            ],
        ),
        (
            '{ node(id: "x") { id } }',
            [
                "Весь документ — graphql-core",
                "node — graphql-core: поле отвечает кодом, который ждёт базу (Query.node)",
            ],
        ),
    ],
)
async def test_why_there_is_no_plan(polygon: Region, text: str, lines: list[str]) -> None:
    assert told(polygon, text) == lines


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{ nothing }", "Документ не выполняется. У «Query» нет поля «nothing»."),
        ("query($id: ID!) { appeal(id: $id) { id } }", "Аргументы или переменные не подходят: "),
        ("{", "Документ не выполняется. Запрос не читается: строка 1, знак 2"),
    ],
)
async def test_what_cannot_be_run_is_refused(polygon: Region, text: str, words: str) -> None:
    with pytest.raises(Refusal, match=re.escape(words)) as refused:
        explain(polygon, text)
    assert refused.value.code == "INVALID"
