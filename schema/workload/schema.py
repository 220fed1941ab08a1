"""What workload hands over to the API."""

from __future__ import annotations

from core.kernel.codes import Permission
from schema.graphql.subject import NodeKind, SubjectSchema
from schema.workload.mutations import WorkloadMutation
from schema.workload.queries import WorkloadQuery
from schema.workload.types import STAFFING

SCHEMA = SubjectSchema(
    queries=(WorkloadQuery,),
    mutations=(WorkloadMutation,),
    nodes=(NodeKind("StaffingProposal", STAFFING, Permission.READ_WORKLOAD),),
    loaders=(STAFFING,),
)
