"""The proofs of article 11 in their form: each says which ground asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from core.appeals.rules.grounds import OutcomeGround, ProofKind
from schema.board.forms.controls import Choices, Control
from schema.board.saved import PageContext

LEAVING = "leaveUnanswered"


def with_grounds(
    context: PageContext,
    controls: Iterable[Control],
    groups: Mapping[str, str],
    known: Mapping[str, Choices],
) -> tuple[Control, ...]:
    """The fields that the grounds offered ask for; `groups` are lists by the fields of their rows.

    Where nothing is offered the form stands as it is.
    """
    offered = {key for key, _ in known.get("outcome", ())}
    rules = context.region.rules.all(OutcomeGround, context.today)
    grounds = [one for one in rules if one.outcome.name in offered]
    kinds = {str(kind) for kind in ProofKind}
    shown = []
    for one in controls:
        kind = groups.get(one.name, one.name)
        asking = [f"«{rule.outcome.label}»" for rule in grounds if kind in rule.proof]
        if kind not in kinds or not offered:
            shown.append(one)
        elif asking:
            shown.append(replace(one, note=f"для итога {', '.join(asking)}"))
    return tuple(shown)
