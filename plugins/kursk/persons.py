"""Clauses 4, 6 and 9 of the resolution and the structure table: who serves the centre.

Owning bodies nominate, the committee of internal policy submits, the Administration approves.
"""

from core.api import (
    RU_1844,
    AcceptedPosition,
    AppointmentStep,
    Authority,
    BodyKind,
    Headcount,
    NominationLimit,
    Per,
    Pool,
    Rank,
    RankFloor,
    ReplacementRule,
    Rule,
    Seat,
    Step,
    Trigger,
    hookimpl,
)
from plugins.kursk.acts import ACT
from plugins.kursk.owners import INSPECTORATE, OWNERS

NOMINATES, COMPOSITION = ACT.cite("post.4"), ACT.cite("post.9")
INSPECTORATE_ONLY, TERM = ACT.cite("post.4.2"), ACT.cite("pol.3.5.9.deadline")
CITY, CITY_BLOCK = frozenset({"kursk-city-administration"}), "kursk-city"
UNIT = frozenset({"competence-unit"})
COMMITTEES = frozenset(OWNERS.values()) - {INSPECTORATE}


def _ranks() -> tuple[Rank, ...]:
    """Rows 1 and 2: the adviser stands below every federal floor (R10)."""
    adviser = "Советник Губернатора"
    return (
        Rank("deputy-governor", "Заместитель Губернатора", 90, clause=ACT.cite("str.1")),
        Rank("adviser-governor", adviser, 50, clause=ACT.cite("str.2")),
    )


def _rank_floors() -> tuple[RankFloor, ...]:
    """Rows 1, 3 and 4."""
    return (
        _floor("curator", "deputy-governor", 90, "str.1", "10.г.1"),
        _floor("head", "unit-head", 40, "str.3", "8.а"),
        _floor("block-responsible", "body-deputy-head", 60, "str.4", "10.г.3"),
    )


def _floor(role: str, rank: str, level: int, clause: str, federal: str) -> RankFloor:
    replaces = RU_1844.cite(federal)
    return RankFloor(role, rank, level, clause=ACT.cite(clause), replaces=replaces)


def _accepted_positions() -> tuple[AcceptedPosition, ...]:
    """The act is older than the floor and names its executor (R10)."""
    return (AcceptedPosition("executor", "adviser-governor", clause=ACT.cite("str.2")),)


def _pools() -> tuple[Pool, ...]:
    """Row 6 and clause 4: bodies, their institutions, and the city for its two blocks."""
    outside = frozenset({CITY_BLOCK})
    return (
        Pool(
            "block-head",
            "block-head",
            frozenset({BodyKind.EXECUTIVE}),
            profile=True,
            outside=outside,
            clause=ACT.cite("str.6"),
        ),
        Pool(
            "block-head.institutions",
            "block-head",
            frozenset({BodyKind.SUBORDINATE}),
            outside=outside,
            clause=ACT.cite("post.4.pool"),
        ),
        Pool(
            "block-head.city",
            "block-head",
            bodies=CITY,
            blocks=frozenset({"housing", CITY_BLOCK}),
            clause=ACT.cite("str.6.city"),
        ),
        Pool("direction-head", "direction-head", bodies=UNIT, clause=ACT.cite("str.7")),
    )


def _seats() -> tuple[Seat, ...]:
    """Two owners of housing have a responsible each (R45)."""
    federal = RU_1844.cite("10.г.3")
    per = Per.BLOCK_AND_BODY
    return (Seat("block-responsible", per, clause=INSPECTORATE_ONLY, replaces=federal),)


def _headcounts() -> tuple[Headcount, ...]:
    """Advice to the city, not an order (R9)."""
    return (
        _advised("housing", 1, "post.6.housing"),
        _advised(CITY_BLOCK, 2, "post.6.social-media"),
    )


def _advised(block: str, number: int, clause: str) -> Headcount:
    (body,) = CITY
    return Headcount(f"city/{block}", "block-head", block, body, number, clause=ACT.cite(clause))


def _nomination_limits() -> tuple[NominationLimit, ...]:
    """The inspectorate nominates responsibles only."""
    roles = frozenset({"block-responsible"})
    return (NominationLimit(INSPECTORATE, roles, clause=INSPECTORATE_ONLY),)


def _appointment_steps() -> tuple[AppointmentStep, ...]:
    """Nomination, submission, approval; heads of directions come from the competence centre."""
    federal = ("curator", "executor", "block-responsible", "block-head")
    return (
        *_nominations(),
        *(_submit(role) for role in (*federal, "media-responsible")),
        *(_approve(role, federal=True) for role in federal),
        _approve("media-responsible", federal=False),
        AppointmentStep(
            "direction-head/appoint",
            "direction-head",
            Step.APPOINT,
            Authority.COMPETENCE_CENTRE,
            clause=ACT.cite("str.7"),
        ),
    )


def _nominations() -> tuple[AppointmentStep, ...]:
    owner, body = Authority.OWNING_BODY, Authority.BODY
    nominate = Step.NOMINATE
    inspectorate, housing = frozenset({INSPECTORATE}), frozenset({"housing"})
    return (
        *(
            AppointmentStep(f"{role}/nominate", role, nominate, owner, COMMITTEES, clause=NOMINATES)
            for role in ("block-responsible", "block-head")
        ),
        AppointmentStep(
            "block-responsible/nominate.inspectorate",
            "block-responsible",
            nominate,
            owner,
            inspectorate,
            clause=INSPECTORATE_ONLY,
        ),
        AppointmentStep(
            "block-head/nominate.city-housing",
            "block-head",
            nominate,
            body,
            CITY,
            housing,
            clause=ACT.cite("post.6.housing"),
        ),
        AppointmentStep(
            "block-head/nominate.city",
            "block-head",
            nominate,
            body,
            CITY,
            frozenset({CITY_BLOCK}),
            clause=ACT.cite("post.6.social-media"),
        ),
    )


def _submit(role: str) -> AppointmentStep:
    committee = frozenset({"committee-internal-policy"})
    key, step = f"{role}/submit", Step.SUBMIT
    return AppointmentStep(key, role, step, Authority.BODY, committee, clause=COMPOSITION)


def _approve(role: str, *, federal: bool) -> AppointmentStep:
    """In Kursk the approval of the composition is the appointment."""
    replaces = RU_1844.cite("10.г") if federal else None
    key, by = f"{role}/appoint", Authority.ADMINISTRATION
    return AppointmentStep(key, role, Step.APPROVE, by, clause=COMPOSITION, replaces=replaces)


def _replacements() -> tuple[ReplacementRule, ...]:
    """Two triggers, three working days each (R5)."""
    return tuple(
        ReplacementRule(
            f"block-head/{trigger}", "block-head", trigger, "block-responsible", 3, clause=TERM
        )
        for trigger in Trigger
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_ranks(),
        *_rank_floors(),
        *_accepted_positions(),
        *_pools(),
        *_seats(),
        *_headcounts(),
        *_nomination_limits(),
        *_appointment_steps(),
        *_replacements(),
    )
