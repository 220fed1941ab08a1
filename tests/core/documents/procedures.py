"""Section 10 of the variations as a table: each row and region with its exact chain and clauses."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.codes import ActKind


@dataclass(frozen=True)
class Way:
    """A kind in a region: who drafts, then each step as `deed party clause`.

    `body` names the party that is a body, `act` the kind of act an outside party needs.
    """

    region: str
    kind: str
    drafter: str
    steps: tuple[str, ...]
    clause: str
    of_block: bool = False
    act: ActKind = ActKind.LETTER
    bodies: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.region}-{self.kind}"


RESOLUTION, ORDER = ActKind.RESOLUTION, ActKind.GOVERNOR_ORDER
K, M, E, C, F = "kursk.958/", "murmansk.513/", "mari-el.335/", "chelyabinsk.641/", "ru.1844/"
BLOCK, HEAD, EXECUTOR, CURATOR = "block-responsible", "head", "executor", "curator"

KURSK = (
    Way(
        "kursk",
        "composition",
        EXECUTOR,
        (f"submit body {K}post.9", f"approve administration {K}post.9"),
        f"{K}post.9",
        bodies=("committee-internal-policy",),
    ),
    Way("kursk", "leadership-report", HEAD, (), f"{K}pol.2.1.2"),
    Way(
        "kursk",
        "structure",
        EXECUTOR,
        (f"approve administration {K}pol.3.1",),
        f"{K}pol.3.1",
        act=RESOLUTION,
    ),
    Way(
        "kursk",
        "legal-act",
        CURATOR,
        (f"approve administration {F}10.а",),
        f"{K}pol.3.2.1",
        act=RESOLUTION,
    ),
    Way(
        "kursk",
        "development-directions",
        EXECUTOR,
        (f"approve curator {K}pol.3.2.2",),
        f"{K}pol.3.3.3",
    ),
    Way(
        "kursk",
        "agreement",
        EXECUTOR,
        (
            f"submit executor {K}pol.3.3.5",
            f"sign competence-centre {K}pol.3.3.4",
            f"sign executor {K}pol.3.3.4",
        ),
        f"{K}pol.3.3.5",
    ),
    Way(
        "kursk",
        "roadmap-report",
        EXECUTOR,
        (f"receive competence-centre {K}pol.3.3.6",),
        f"{K}pol.3.3.6",
    ),
    *(
        Way(
            "kursk",
            kind,
            HEAD,
            (f"submit executor {K}pol.3.3.5", f"agree competence-centre {K}pol.3.3.4"),
            f"{K}pol.3.4.1",
        )
        for kind in ("roadmap", "roadmap-update")
    ),
    Way("kursk", "head-report", HEAD, (f"receive curator {K}pol.3.4.5",), f"{K}pol.3.4.5"),
    Way("kursk", "plan", HEAD, (f"approve curator {K}pol.3.2.4.plans",), f"{K}pol.3.4.6"),
    Way(
        "kursk",
        "passport",
        BLOCK,
        (f"agree head {K}pol.3.4.7", f"approve curator {K}pol.3.2.4"),
        f"{K}pol.3.5.4",
        of_block=True,
    ),
    Way(
        "kursk",
        "progress-report",
        BLOCK,
        (f"agree head {K}pol.3.4.8", f"approve curator {K}pol.3.2.5"),
        f"{K}pol.3.5.5",
        of_block=True,
    ),
    Way(
        "kursk",
        "groups",
        BLOCK,
        (f"approve curator {K}pol.3.2.6",),
        f"{K}pol.3.5.6",
        of_block=True,
    ),
    Way("kursk", "answer-templates", HEAD, (), f"{K}pol.4.2.1.2"),
    Way(
        "kursk",
        "joint-document",
        EXECUTOR,
        (f"adopt head {K}pol.4.9.3", f"adopt body {K}pol.4.9.3"),
        f"{K}pol.4.9.3",
        bodies=("situation-centre",),
    ),
)
MURMANSK = (
    Way("murmansk", "leadership-report", HEAD, (), f"{M}2.2.3"),
    Way(
        "murmansk",
        "rating-method",
        HEAD,
        (f"submit body {M}2.7", f"approve governor {M}2.7.4.2"),
        f"{M}2.7.4.2",
        act=ORDER,
        bodies=("ministry-information-policy",),
    ),
    Way("murmansk", "analytical-materials", HEAD, (), f"{M}2.9"),
    Way("murmansk", "recommendations", HEAD, (), f"{M}3.1.1.2"),
    Way("murmansk", "legal-act", CURATOR, (), f"{M}4.3.2"),
    Way("murmansk", "groups", BLOCK, (f"approve curator {M}4.3.8",), f"{M}4.3.8", of_block=True),
    *(
        Way(
            "murmansk",
            kind,
            HEAD,
            (f"sign government {M}4.4.1", f"sign competence-centre {M}4.4.1"),
            f"{M}4.4.1",
        )
        for kind in ("agreement", "roadmap")
    ),
    Way("murmansk", "head-report", HEAD, (f"receive curator {M}4.5.4",), f"{M}4.5.4"),
    Way("murmansk", "plan", HEAD, (f"approve curator {M}4.3.6.plans",), f"{M}4.5.5"),
    Way("murmansk", "passport", HEAD, (f"approve curator {M}4.3.6",), f"{M}4.5.6"),
    Way(
        "murmansk",
        "roadmap-update",
        HEAD,
        (f"agree competence-centre {M}4.5.9", f"approve curator {M}4.5.9"),
        f"{M}4.5.9",
    ),
    Way("murmansk", "analytical-note", HEAD, (), f"{M}4.5.11"),
    Way(
        "murmansk",
        "progress-report",
        BLOCK,
        (f"agree head {M}4.5.7", f"approve curator {M}4.3.7"),
        f"{M}4.6.5",
        of_block=True,
    ),
)
MARI_EL = (
    Way(
        "mari_el",
        "structure",
        HEAD,
        (f"approve government {E}post.1.1",),
        f"{E}post.1.1",
        act=RESOLUTION,
    ),
    Way(
        "mari_el",
        "monthly-report",
        HEAD,
        (f"receive highest-official {E}post.3.monthly-report",),
        f"{E}post.3.monthly-report",
    ),
    Way(
        "mari_el",
        "legal-act",
        HEAD,
        (f"approve government {F}10.а",),
        f"{E}pol.9.1",
        act=RESOLUTION,
    ),
    Way("mari_el", "progress-report", HEAD, (), f"{E}pol.9.6"),
    Way(
        "mari_el",
        "duties",
        EXECUTOR,
        (f"agree competence-centre {E}pol.16", f"sign head {E}pol.16"),
        f"{E}pol.16",
    ),
)
CHELYABINSK = (
    Way("chelyabinsk", "analytical-materials", HEAD, (), f"{C}pol.3.4"),
    Way("chelyabinsk", "leadership-report", HEAD, (), f"{C}pol.4.2.3"),
    Way(
        "chelyabinsk",
        "composition",
        BLOCK,
        (f"submit block-responsible {C}pol.9.1", f"approve curator {C}pol.6.1"),
        f"{C}pol.6.1",
    ),
    Way("chelyabinsk", "head-report", HEAD, (), f"{C}pol.8.5"),
    Way(
        "chelyabinsk",
        "progress-report",
        "block-staff",
        (f"submit block-responsible {C}pol.9.4", f"receive centre {C}pol.11.1"),
        f"{C}pol.10.3",
        of_block=True,
    ),
    Way("chelyabinsk", "recommendations", HEAD, (), f"{C}pol.13.1.2"),
    Way("chelyabinsk", "regulation", HEAD, (f"approve curator {C}pol.15",), f"{C}pol.15"),
)
FEDERAL = tuple(
    Way(
        region,
        "report-forms",
        HEAD,
        (f"submit competence-centre {F}9.б", f"agree ministry {F}9.б"),
        f"{F}9.б",
    )
    for region in ("murmansk", "kursk", "mari_el", "chelyabinsk")
)
OFTEN = tuple(
    Way(region, kind, HEAD, (), f"{F}{clause}")
    for region, kind, clause in (
        ("kursk", "analytical-materials", "4.м"),
        ("mari_el", "analytical-materials", "4.м"),
        ("mari_el", "leadership-report", "4.б.3"),
        ("kursk", "recommendations", "12.а.2"),
        ("mari_el", "recommendations", "12.а.2"),
    )
)
OF_THE_REGION = tuple(
    Way(
        region,
        kind,
        HEAD,
        (f"approve region {F}{clause}",),
        f"{F}{clause}",
        act=RESOLUTION,
    )
    for region, kind, clause in (
        ("murmansk", "structure", "10.в"),
        ("chelyabinsk", "structure", "10.в"),
        ("chelyabinsk", "legal-act", "10.а"),
        ("murmansk", "composition", "10.г"),
        ("mari_el", "composition", "10.г"),
    )
)
DAILY = {"murmansk": f"{M}2.1.5", "kursk": f"{K}pol.1.3.5", "mari_el": f"{E}pol.5.5"}
SECTOR = {"murmansk": f"{M}4.2.5.2"}
OUT_OF_FIGURES = tuple(
    way
    for region in ("murmansk", "kursk", "mari_el", "chelyabinsk")
    for way in (
        Way(region, "daily-summary", HEAD, (), DAILY.get(region, f"{C}pol.4.1.5")),
        Way(region, "sector-materials", "block-head", (), SECTOR.get(region, f"{F}10.г.4.2"), True),
    )
)
LAST = (*FEDERAL, *OFTEN, *OF_THE_REGION, *OUT_OF_FIGURES)
WAYS = (*KURSK, *MURMANSK, *MARI_EL, *CHELYABINSK, *LAST)
OFF = (
    ("mari_el", "passport", f"{E}pol.16"),
    ("mari_el", "plan", f"{E}pol.16"),
    ("chelyabinsk", "passport", f"{C}pol.15"),
    ("chelyabinsk", "plan", f"{C}pol.15"),
    ("mari_el", "roadmap", f"{F}10.г.2"),
    ("chelyabinsk", "roadmap", f"{F}10.г.2"),
    *(
        (r, "cause-roadmap", f"{F}2.cause-roadmap.contents")
        for r in ("murmansk", "kursk", "mari_el", "chelyabinsk")
    ),
)
"""Kinds that wait for the act that sets their chain (R21)."""
