"""What changed while somebody was writing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from schema.board.saved import PageContext
from schema.board.words.people import names_of
from schema.board.words.values import moment


async def changed_since(
    context: PageContext, case_id: str, since: datetime
) -> list[dict[str, Any]]:
    """What was written of the case after the reader saw it, and by whom; the reader's names.

    Moments are told in whole seconds: what somebody else did in the second of the page may be new.
    """
    rows = (await context.ask("Since", id=case_id))["appeal"]["ledger"]
    later = [one for one in rows if _is_new(context, one, since.replace(microsecond=0))]
    names = await names_of(context, (one["actor"] for one in later))
    return [{**one, "who": names[one["actor"]]} for one in later]


def _is_new(context: PageContext, one: Mapping[str, Any], since: datetime) -> bool:
    recorded = moment(one["recordedAt"])
    return recorded > since or (recorded == since and one["actor"] != context.actor.subject)
