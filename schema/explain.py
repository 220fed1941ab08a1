"""What `tsur explain` prints: for each root field of an operation its plan, or why it has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import indent
from typing import Any

from graphql import GraphQLError
from graphql.execution.collect_fields import FieldDetailsList
from graphql.execution.values import VariableValues

from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from schema.build import build_schema
from schema.graphql.context import Context
from schema.graphql.documents.arguments import Coerced
from schema.graphql.documents.parser import Document, Documents, InvalidDocument
from schema.graphql.misread import complaint
from schema.planner.execution import Execution
from schema.planner.factory import Root, root_of
from schema.planner.plan import Plan, Plans
from schema.planner.reasons import Reason, Unplanned
from schema.planner.roots import Given, Listed, Reckoned, Single
from schema.planner.selection import Selector
from schema.planner.source import Source


def explain(
    region: Region, text: str, name: str | None = None, variables: Mapping[str, Any] | None = None
) -> str:
    """How the region would answer the operation, for one who may see everything; in Russian.

    Nothing is asked of the database. Refusal(INVALID) for a document that cannot be run.
    """
    schema, given = build_schema(region), variables or {}
    document = _document(Documents(schema._schema, region.settings), text, given, name)
    try:
        plans = Plans(schema, document, name, region.database.dialect)
        plan, coerced = plans.plan(given)
    except Unplanned as unplanned:
        return f"Весь документ — graphql-core: {_why(unplanned.reason, unplanned.at)}\n"
    except GraphQLError as error:
        text = f"{Reason.ARGUMENTS.label}: {error.message}"
        raise Refusal(RefusalCode.INVALID, text[0].upper() + text[1:]) from error
    execution = Execution(Context(region, system(), region.now()), plans.dialect)
    lines = [_whole(plan)]
    for root, details in plans.fields(plans.values(coerced)).items():
        if root in plan.unplanned:
            lines.append(f"{root} — graphql-core: {_why(*plan.unplanned[root])}")
        else:
            told = _planned(plans, plans.values(coerced), details, execution, coerced)
            lines.append("\n".join([f"{root} — по плану", *(indent(line, "  ") for line in told)]))
    return "\n\n".join(lines) + "\n"


def _document(
    documents: Documents, text: str, given: Mapping[str, Any], name: str | None
) -> Document:
    try:
        return documents.read(text, given, name)
    except InvalidDocument as invalid:
        why = " ".join(complaint(error) for error in invalid.errors)
        raise Refusal(RefusalCode.INVALID, f"Документ не выполняется. {why}") from invalid


def _whole(plan: Plan) -> str:
    if not plan.unplanned:
        return "Весь документ — по плану"
    if not plan.roots:
        return "Весь документ — graphql-core"
    return "Корневые поля с планом — по плану, остальные рядом с ними — graphql-core"


def _why(reason: Reason, at: str) -> str:
    return f"{reason.label} ({at})" if at else reason.label


def _planned(
    plans: Plans,
    values: VariableValues,
    details: FieldDetailsList,
    execution: Execution,
    coerced: Coerced,
) -> Iterator[str]:
    """What is read for one root field, compiled apart from the others."""
    query, selector = plans.api._schema.query_type, plans.selector(values)
    assert query is not None
    root = root_of(selector, query, details)
    if isinstance(root, Given):
        yield "база не нужна: отвечает чистая функция"
    elif isinstance(root, Reckoned):
        yield "читает и считает сам resolver, ответ по плану только записан"
    else:
        yield from _read(root, execution, coerced)
    yield from _later(selector, root, execution)


def _read(root: Single, execution: Execution, coerced: Coerced) -> Iterator[str]:
    try:
        ready = root.prepared(execution, coerced)
    except Refusal as refusal:
        yield f"отказ, о нём скажет graphql-core: {refusal.text}"
        return
    yield from ("страница:" if isinstance(root, Listed) else "строки:", ready.made.text)
    if ready.total is not None:
        yield from ("сколько всего строк:", ready.total.text)


def _later(selector: Selector, root: Root, execution: Execution) -> Iterator[str]:
    """What is read after that, a statement a table and a round; and what comes with the row."""
    lead = None if type(root) is not Single else root.source.lead
    for source in selector.waited:
        yield from (
            [f"вместе со строкой: {_table(source)}"]
            if source is lead
            else [f"потом, для всех найденных сразу: {_table(source)}", _text(source, execution)]
        )


def _table(source: Source) -> str:
    assert source.rows is not None
    return f"{source.model.__tablename__} по {source.rows.key.key}"


def _text(source: Source, execution: Execution) -> str:
    return execution.statement(source).text
