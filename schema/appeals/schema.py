"""What appeals hand over to the API."""

from __future__ import annotations

from core.kernel.codes import Permission
from schema.appeals import content
from schema.appeals.admissions import AdmissionMutation
from schema.appeals.applicants import ApplicantQuery
from schema.appeals.batches import BATCHES, BatchMutation, BatchQuery
from schema.appeals.batches import ENUMS as OF_BATCHES
from schema.appeals.case_notices import CaseNoticeMutation, CaseNoticeQuery
from schema.appeals.categories import CATEGORIES
from schema.appeals.classifier import ClassifierQuery
from schema.appeals.counts import CountQuery
from schema.appeals.cuts import CutQuery
from schema.appeals.delivery import DeliveryMutation
from schema.appeals.dispute_counts import DisputeCountQuery
from schema.appeals.duplicates import DuplicateMutation
from schema.appeals.enums import ENUMS
from schema.appeals.forwarding import ForwardingMutation
from schema.appeals.inquiries import InquiryMutation, InquiryQuery
from schema.appeals.intake import IntakeMutation
from schema.appeals.leaving import LeavingMutation
from schema.appeals.letters import LetterQuery
from schema.appeals.links import LinkMutation
from schema.appeals.loaders import APPEALS, CLUSTERS, LOADERS, MEMBERS
from schema.appeals.many import ManyMutation, ManyQuery
from schema.appeals.measures import MeasureMutation, MeasureQuery
from schema.appeals.notices import NoticeMutation, NoticeQuery
from schema.appeals.observations import FigureQuery
from schema.appeals.opinions import OpinionMutation, OpinionQuery
from schema.appeals.own_facts import OwnFactMutation
from schema.appeals.plans import PlanMutation, PlanQuery
from schema.appeals.queries import AppealQuery
from schema.appeals.receipts import ReceiptMutation
from schema.appeals.receptions import ReceptionMutation
from schema.appeals.regimes import RegimeMutation
from schema.appeals.response_times import ResponseQuery
from schema.appeals.rights import RightsMutation, RightsQuery
from schema.appeals.routing import RoutingQuery
from schema.appeals.steps import StepMutation
from schema.appeals.tabulations import ENUMS as OF_TABULATIONS
from schema.appeals.tabulations import FILES, TABULATIONS, TabulationMutation, TabulationQuery
from schema.appeals.templates import TemplateMutation, TemplateQuery
from schema.appeals.terms import TermQuery
from schema.appeals.timeline import TimelineQuery
from schema.appeals.totals import TotalQuery
from schema.appeals.upkeep import CaseMutation
from schema.graphql.subject import NodeKind, SubjectSchema

SCHEMA = SubjectSchema(
    queries=(
        AppealQuery,
        BatchQuery,
        ApplicantQuery,
        ManyQuery,
        ClassifierQuery,
        CountQuery,
        TotalQuery,
        TimelineQuery,
        DisputeCountQuery,
        FigureQuery,
        CutQuery,
        TabulationQuery,
        MeasureQuery,
        PlanQuery,
        TermQuery,
        ResponseQuery,
        RoutingQuery,
        OpinionQuery,
        RightsQuery,
        NoticeQuery,
        CaseNoticeQuery,
        InquiryQuery,
        TemplateQuery,
        LetterQuery,
    ),
    mutations=(
        IntakeMutation,
        ReceptionMutation,
        ReceiptMutation,
        RegimeMutation,
        StepMutation,
        BatchMutation,
        TabulationMutation,
        OwnFactMutation,
        CaseMutation,
        ForwardingMutation,
        DeliveryMutation,
        PlanMutation,
        LeavingMutation,
        MeasureMutation,
        RightsMutation,
        AdmissionMutation,
        ManyMutation,
        InquiryMutation,
        TemplateMutation,
        OpinionMutation,
        LinkMutation,
        DuplicateMutation,
        NoticeMutation,
        CaseNoticeMutation,
    ),
    nodes=(
        NodeKind("Appeal", APPEALS, Permission.READ_APPEALS),
        NodeKind("Batch", BATCHES, Permission.READ_APPEALS),
        NodeKind("Tabulation", TABULATIONS),
        NodeKind("Category", CATEGORIES),
        NodeKind("Cluster", CLUSTERS, shown_by=MEMBERS),
    ),
    loaders=(*LOADERS, *content.LOADERS, CATEGORIES, BATCHES, TABULATIONS, FILES),
    enums=(*ENUMS, *OF_BATCHES, *OF_TABULATIONS),
)
