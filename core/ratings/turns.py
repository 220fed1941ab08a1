"""Which steps of a rating are open to the actor, asked as the steps themselves ask."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from core.kernel.errors import Refusal, awaited_refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.ratings.figures import check_figures
from core.ratings.life import begun, check_correction, check_draft, check_final, check_trial
from core.ratings.objections import places_of, waiting_of
from core.ratings.releases import CALENDAR, Release, check_move, require_keeper
from core.ratings.versions import there


@serves()
async def turns(work: Work, planned: Release) -> list[tuple[str, Refusal | None]]:
    """Each step by its mutation, and what it would refuse whatever is said with it.

    Figures are entered only where the method asks for what appeals do not tell.
    """
    checks = _objecting(work, planned) | _keeping(work, planned)
    return [(name, await awaited_refusal(check())) for name, check in checks.items()]


Checks = dict[str, Callable[[], Awaitable[object]]]


def _objecting(work: Work, planned: Release) -> Checks:
    async def objects() -> None:
        await places_of(work, there(planned.rating, planned.method.key, planned.quarter))

    async def answers() -> None:
        await waiting_of(work, there(planned.rating, planned.method.key, planned.quarter))

    return {"objectToRating": objects, "answerRatingObjection": answers}


def _keeping(work: Work, planned: Release) -> Checks:
    async def goes_on() -> None:
        await begun(work, planned.method.key, planned.quarter)

    async def tries() -> None:
        await goes_on()
        check_trial(planned)

    async def drafts() -> None:
        await goes_on()
        await check_draft(work, planned)

    async def publishes() -> None:
        await goes_on()
        await check_final(work, planned)

    async def corrects() -> None:
        await goes_on()
        check_correction(planned)

    async def moves() -> None:
        require_keeper(work, CALENDAR)
        check_move(planned)

    async def enters() -> None:
        require_keeper(work, CALENDAR)
        check_figures(work, planned.quarter, planned.method.unseen[0])

    own: Checks = {
        "publishTrialRating": tries,
        "draftRating": drafts,
        "publishRating": publishes,
        "correctRating": corrects,
        "moveRatingRelease": moves,
    }
    return own | ({"enterRatingFigure": enters} if planned.method.unseen else {})
