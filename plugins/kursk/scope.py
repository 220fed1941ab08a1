"""Clause 1 of the regulation: whose messages, and to whom.

The act calls everything a citizen sends «сообщения (жалобы)»: a label, not a filter (R13).
"""

from core.api import hookimpl
from core.appeals.rules import NATURAL, Addressees, ApplicantScope, Residence
from core.directory.rules import BodyKind
from core.law.act import act_beside
from core.law.rule import Rule

ACT = act_beside(__file__)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """«Граждане» are any natural persons wherever they live (R12); legal entities are not named.

    No state bodies but executive ones and no funds; a subordinate institution is a state or
    municipal organisation.
    """
    return (
        ApplicantScope(
            "region",
            kinds=NATURAL,
            residences=frozenset(Residence),
            clause=ACT.cite("pol.1.2.applicants"),
        ),
        Addressees(
            "region",
            kinds=frozenset(
                {
                    BodyKind.EXECUTIVE,
                    BodyKind.MUNICIPAL,
                    BodyKind.SUBORDINATE,
                    BodyKind.ORGANISATION,
                    BodyKind.PARTICIPATION,
                }
            ),
            clause=ACT.cite("pol.1.2.addressees"),
        ),
    )
