"""Lengths of time in SQL, in full seconds on both databases, to the microsecond."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class seconds_between(FunctionElement[int]):  # noqa: N801
    """Full seconds from one moment to another, rounded down as Python does it."""

    type = BigInteger()
    inherit_cache = True


@compiles(seconds_between, "sqlite")
def _on_sqlite(element: seconds_between, compiler: SQLCompiler, **kwargs: Any) -> str:
    start, end = (compiler.process(clause, **kwargs) for clause in element.clauses)
    between = f"{_whole(end)} - {_whole(start)}"
    return f"({between} - (substr({end}, 20) < substr({start}, 20)))"


@compiles(seconds_between)
def _elsewhere(element: seconds_between, compiler: SQLCompiler, **kwargs: Any) -> str:
    start, end = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM ({end} - {start}))) AS BIGINT)"


def _whole(moment: str) -> str:
    """Its seconds without the fraction, which strftime would round to thousandths."""
    return f"CAST(strftime('%s', substr({moment}, 1, 19)) AS INTEGER)"
