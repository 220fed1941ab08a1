"""What indicators hand over to the API."""

from __future__ import annotations

from core.kernel.codes import Permission
from schema.graphql.subject import NodeKind, SubjectSchema
from schema.indicators.enums import ENUMS
from schema.indicators.queries import IndicatorMutation, IndicatorQuery
from schema.indicators.steps import CHAINS, SIGNATURES
from schema.indicators.types import INDICATORS, STAGES, TARGETS, VALUES

SCHEMA = SubjectSchema(
    queries=(IndicatorQuery,),
    mutations=(IndicatorMutation,),
    nodes=(NodeKind("Indicator", INDICATORS, Permission.READ_APPEALS),),
    loaders=(INDICATORS, CHAINS, SIGNATURES, TARGETS, VALUES, STAGES),
    enums=ENUMS,
)
