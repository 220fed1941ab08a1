"""Codes of problems as GraphQL enums."""

from __future__ import annotations

from core.law.russian import Code
from core.problems.model import Method, ProblemState, SightingKind
from core.problems.rules import Projects, Source
from core.statistics.effect import Verdict
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(ProblemState, "Как далеко продвинулась проблема"),
    described(Method, "Как искали первопричину", name="CauseMethod"),
    described(Source, "Откуда известна проблема", name="ProblemSource"),
    described(Projects, "Чьи показатели", name="ProgrammeProjects"),
    described(SightingKind, "Что внесено в картину проблем"),
    described(Verdict, "Что можно сказать об эффекте", name="EffectVerdict"),
)
