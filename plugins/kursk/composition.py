"""Clauses 4 to 9 of the resolution: who makes up the centre, and by whose act.

Owning bodies nominate, the committee of internal policy submits, the Administration approves.
"""

from core.api import FZ59, RU_1844, Authority, hookimpl
from core.appeals.rules import SupplyDuty
from core.directory.rules import Body, BodyKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import (
    AppointmentStep,
    Headcount,
    Mandate,
    NominationLimit,
    Per,
    Pool,
    Seat,
    Step,
)
from plugins.kursk.owners import INSPECTORATE, OWNERS, kursk_body

ACT = act_beside(__file__)
CITY, CITY_BLOCK = "kursk-city-administration", "kursk-city"
INTERNAL_POLICY, PRESS = "committee-internal-policy", "committee-information-press"
COMMITTEES = frozenset(OWNERS.values()) - {INSPECTORATE}
FEDERAL = ("curator", "executor", "block-responsible", "block-head")


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Nominations, assistance, the city, the coordinating committees, the composition."""
    return (
        *_nominations(),
        *_inspectorate(),
        SupplyDuty(
            "executive-bodies",
            frozenset({BodyKind.EXECUTIVE}),
            days=15,
            term=FZ59.cite("10.2"),
            clause=ACT.cite("post.5"),
        ),
        *_city(),
        *_committees(),
        *(_submit(role) for role in (*FEDERAL, "media-responsible")),
        *(_approve(role, federal=True) for role in FEDERAL),
        _approve("media-responsible", federal=False),
    )


def _nominations() -> tuple[Rule, ...]:
    """Clause 4: the committees that own themes, out of their own and their institutions' staff."""
    owner, clause = Authority.OWNING_BODY, ACT.cite("post.4")
    return (
        *(
            AppointmentStep(
                f"{role}/nominate", role, Step.NOMINATE, owner, COMMITTEES, clause=clause
            )
            for role in ("block-responsible", "block-head")
        ),
        Pool(
            "block-head.institutions",
            "block-head",
            frozenset({BodyKind.SUBORDINATE}),
            outside=frozenset({CITY_BLOCK}),
            clause=ACT.cite("post.4.pool"),
        ),
    )


def _inspectorate() -> tuple[Rule, ...]:
    """It nominates responsibles only, so housing has two of them (R45)."""
    role, clause = "block-responsible", ACT.cite("post.4.2")
    return (
        NominationLimit(INSPECTORATE, frozenset({role}), clause=clause),
        AppointmentStep(
            f"{role}/nominate.inspectorate",
            role,
            Step.NOMINATE,
            Authority.OWNING_BODY,
            frozenset({INSPECTORATE}),
            clause=clause,
        ),
        Seat(
            role,
            Per.BLOCK_AND_BODY,
            clause=clause,
            replaces=RU_1844.cite("10.г.3"),
            below_floor=True,
        ),
    )


def _city() -> tuple[Rule, ...]:
    """Clause 6: advice to the city of Kursk, not an order (R9)."""
    housing, media = ACT.cite("post.6.housing"), ACT.cite("post.6.social-media")
    return (
        Body(
            CITY,
            "Администрация города Курска",
            BodyKind.MUNICIPAL,
            municipality="kursk-city",
            clause=housing,
        ),
        Headcount("city/housing", "block-head", "housing", CITY, 1, clause=housing),
        AppointmentStep(
            "block-head/nominate.city-housing",
            "block-head",
            Step.NOMINATE,
            Authority.BODY,
            frozenset({CITY}),
            frozenset({"housing"}),
            clause=housing,
        ),
        Headcount(f"city/{CITY_BLOCK}", "block-head", CITY_BLOCK, CITY, 2, clause=media),
        AppointmentStep(
            "block-head/nominate.city",
            "block-head",
            Step.NOMINATE,
            Authority.BODY,
            frozenset({CITY}),
            frozenset({CITY_BLOCK}),
            clause=media,
        ),
    )


def _committees() -> tuple[Rule, ...]:
    """Clause 7: who coordinates, who informs, who makes technical policy."""
    digital = "committee-digital"
    return (
        kursk_body("7.1", INTERNAL_POLICY, "Комитет внутренней политики Администрации"),
        _mandate(INTERNAL_POLICY, "отвечает за создание, работу и координацию", "post.7.1"),
        kursk_body("7.2", PRESS, "Комитет информации и печати"),
        _mandate(PRESS, "отвечает за взаимодействие в информировании граждан", "post.7.2"),
        kursk_body("7.3", digital, "Комитет цифрового развития и связи"),
        _mandate(digital, "вырабатывает техническую политику", "post.7.3"),
    )


def _mandate(body: str, what: str, clause: str) -> Mandate:
    return Mandate(f"{body}/{clause}", body, what, True, clause=ACT.cite(clause))


def _submit(role: str) -> AppointmentStep:
    """Clause 9: the committee of internal policy submits the composition."""
    key, by, committee = f"{role}/submit", Authority.BODY, frozenset({INTERNAL_POLICY})
    return AppointmentStep(key, role, Step.SUBMIT, by, committee, clause=ACT.cite("post.9"))


def _approve(role: str, *, federal: bool) -> AppointmentStep:
    """Clause 9: in Kursk the approval of the composition is the appointment."""
    replaces = RU_1844.cite("10.г") if federal else None
    key, by, clause = f"{role}/appoint", Authority.ADMINISTRATION, ACT.cite("post.9")
    return AppointmentStep(key, role, Step.APPROVE, by, clause=clause, replaces=replaces)
