"""The Governor's Situation Centre (4.9): a counterpart, never above the centre's own documents."""

from pathlib import Path

from core.api import Authority, hookimpl
from core.directory.rules import Body, BodyKind
from core.documents.rules import DocumentDeed, DocumentKind, step
from core.law.act import act_beside
from core.law.rule import Rule
from core.partners.rules import DealingForm, PartnerDealing

ACT = act_beside(__file__)
PARTNER, JOINT = "situation-centre", "joint-document"
BOTH = ACT.cite("pol.4.9.3")
NAME = "Ситуационный центр Губернатора Курской области"


@hookimpl
def rules() -> tuple[Rule, ...]:
    """4.9.1 to 4.9.4: exchange, meetings with minutes, joint documents, advisory groups."""
    return (
        Body(PARTNER, NAME, BodyKind.OTHER, clause=ACT.cite("pol.4.9")),
        _dealing(DealingForm.EXCHANGE, "pol.4.9.1"),
        _dealing(DealingForm.MEETING, "pol.4.9.2", JOINT),
        _dealing(DealingForm.DOCUMENT, "pol.4.9.3", JOINT),
        DocumentKind(
            JOINT,
            "Совместный документ с Ситуационным центром",
            (
                step(DocumentDeed.ADOPT, Authority.HEAD),
                step(
                    DocumentDeed.ADOPT,
                    Authority.BODY,
                    bodies=frozenset({PARTNER}),
                    beside=True,
                ),
            ),
            clause=BOTH,
        ),
        _dealing(DealingForm.GROUP, "pol.4.9.4"),
    )


@hookimpl
def boards() -> tuple[Path, ...]:
    """4.9: what the two have dealt in, as a page and under the numbers of a morning."""
    return (Path(__file__).with_name("board"),)


def _dealing(form: DealingForm, number: str, document: str | None = None) -> PartnerDealing:
    return PartnerDealing(f"{PARTNER}/{form}", PARTNER, form, document, clause=ACT.cite(number))
