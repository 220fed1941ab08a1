"""Codes of appeals as GraphQL enums."""

from __future__ import annotations

from core.appeals.charges import Charge
from core.appeals.delivery.another_way import NextStep
from core.appeals.delivery.disclosures import Disclosed
from core.appeals.figures.subject import Dimension
from core.appeals.intake.service import Status
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.states import NoticeState
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.timing import Each
from core.appeals.queries import View
from core.appeals.rights.materials import ShownBy, Withholding
from core.appeals.rules.admissions import AdmissionKind
from core.appeals.rules.answers import AnswerKind
from core.appeals.rules.intake import ApplicantKind, Residence
from core.appeals.rules.lateness import LateBy
from core.appeals.rules.lifecycle import Outcome, State
from core.appeals.rules.measures import MeasureKind
from core.appeals.rules.no_term import NoTerm
from core.appeals.rules.receipts import ReceiptRecord
from core.appeals.rules.receptions import IdentityDocument
from core.appeals.rules.routing import Verdict
from core.appeals.rules.signatures import SignatureKind, Way
from core.appeals.rules.stage_terms import WorkStage
from core.appeals.rules.terms import Track
from core.appeals.satisfaction.figures import DisputeDimension, DisputeVerdict
from core.law.russian import Code
from core.shapes.deadlines.rules.standing import Standing
from core.shapes.figures.marks import CellMark
from schema.appeals.queries import AppealOrder
from schema.appeals.timeline import Every
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(Statistic, "Показатель обращений"),
    described(Each, "По чему во времени поступления группируют", name="ReceiptTime"),
    described(CellMark, "Как читать значение ячейки"),
    described(State, "Где обращение находится; что из него вышло, говорит результат"),
    described(Outcome, "Что вышло из обращения"),
    described(ApplicantKind, "Кто обратился"),
    described(AnswerKind, "Кончает ли ответ срок"),
    described(AdmissionKind, "По какому праву лицо допущено к обращению"),
    described(Residence, "Где заявитель живёт постоянно"),
    described(Track, "Чей это срок"),
    described(Standing, "Как обстоит дело со сроком"),
    described(LateBy, "Какой вердикт стоит против обращения"),
    described(SignatureKind, "Чем подписан ответ"),
    described(Way, "Как ответ направлен заявителю", name="DeliveryWay"),
    described(WorkStage, "Стадия работы, для которой классификатор даёт срок"),
    described(Verdict, "Что стало с маршрутом в решении"),
    described(View, "Чьи показатели"),
    described(Charge, "Чья ответственность", name="CaseCharge"),
    described(NoticeKind, "О чём уведомление"),
    described(ReceiptRecord, "Что говорит о поступлении"),
    described(NoticeState, "Как далеко дошло уведомление"),
    described(NextStep, "Что делать с уведомлением, которое не дошло", name="NoticeStep"),
    described(Disclosed, "Какое сведение о другом человеке названо в ответе"),
    described(IdentityDocument, "Что гражданин предъявил на личном приёме"),
    described(MeasureKind, "Какая мера принята"),
    described(ShownBy, "Как установлено, что материалы просит автор"),
    described(Withholding, "Почему материал не показан"),
    described(NoTerm, "Почему срок не идёт"),
    described(Status, "Что стало с присланным", name="IntakeStatus"),
    described(Dimension, "По чему считать обращения"),
    described(DisputeDimension, "По чему считать споры"),
    described(DisputeVerdict, "Что стало со спором"),
    described(AppealOrder, "В каком порядке показывать обращения"),
    described(Every, "Какими отрезками времени считать"),
)
