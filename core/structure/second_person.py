"""Nobody gives rights to himself: another person enters such a decision."""

from __future__ import annotations

from core.kernel.access import Actor
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves

SECOND_PERSON = PRACTICE.cite("second-person")


@serves(SECOND_PERSON)
def require_second_person(actor: Actor, person_id: int) -> None:
    """Refuse SECOND_PERSON_REQUIRED to whoever would get the rights himself."""
    if actor.person_id is not None and actor.person_id == person_id:
        text = "Назначать себя и наделять себя правами нельзя: это вносит другое лицо"
        raise Refusal(RefusalCode.SECOND_PERSON_REQUIRED, text, SECOND_PERSON)
