"""Who does what in the life of one appeal in Kursk, by the words that its table has for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.answers import NewAnswer
from core.appeals.applicants.contact import Contact
from core.appeals.delivery.dispatches import send
from core.appeals.delivery.outcomes import deliver, resend, undeliver
from core.appeals.delivery.signatures import sign
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.prolongation import prolong
from core.appeals.registration import register_forwarded
from core.appeals.rules.lifecycle import Outcome
from core.appeals.satisfaction.judging import judge
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.region import Region
from core.kernel.work import Work
from tests.fixtures.actors import actor_with, appoint
from tests.fixtures.answers import BY_HAND, POSTED

TRANSPORT, CITY, HOUSING = (
    "committee-transport-roads",
    "kursk-city-administration",
    "committee-housing-energy",
)
WRITER = Contact("Пробная Анна Ивановна", "anna@example.org", "г. Курск, ул. Полевая, 1")
LETTER = NewAppeal("letter", "п-1", "Яма.", theme="roads", addressee=TRANSPORT, contact=WRITER)
DECLINED = "Ремонт этой дороги не входит в программу."
NOT_OURS = "решение вопроса не входит в компетенцию"
Step = Callable[[Work, int], Awaitable[object]]


@dataclass(frozen=True)
class Parties:
    """The officials of the three bodies, and those of the centre."""

    officials: Mapping[str, Actor]
    heads: Mapping[str, Actor]
    coordinator: Actor
    curator: Actor


async def parties_of(region: Region) -> Parties:
    """Enter one official and one head of each body in the directory, and a curator."""
    async with region.work(system()) as work:
        ids = {body.key: body.id for body in await work.session.scalars(select(Body))}
        officials, heads = {}, {}
        for key in (TRANSPORT, CITY, HOUSING):
            named = partial(appoint, work, body_id=ids[key])
            officials[key] = await named("body-official", subject=f"official-{key}")
            heads[key] = await named("body-head", subject=f"head-{key}")
        curator = await appoint(work, "curator", subject="curator")
    return Parties(officials, heads, actor_with(region, "coordinator"), curator)


async def object_to(work: Work, number: str) -> object:
    """A new letter of the same person that disputes the answer to the appeal of this number."""
    text = "С ответом не согласна: дорога в программе есть."
    new = LETTER._replace(external_id="п-2", text=text, addressee=None, disputes=number)
    return await take_in(work, new)


def steps(who: Parties) -> dict[str, tuple[Actor, Step]]:
    """What is done by whom to the old appeal; taking in and objecting are not among it."""
    transport, city, housing = (who.officials[key] for key in (TRANSPORT, CITY, HOUSING))
    chief = who.heads[HOUSING]
    return {
        "комитет принял в работу": (transport, handover.accept),
        "комитет направил в администрацию города": (
            who.heads[TRANSPORT], lambda w, i: handover.transfer(w, i, CITY, NOT_OURS),
        ),
        "администрация зарегистрировала за № А-15": (
            city, lambda w, i: register_forwarded(w, i, "А-15"),
        ),
        "администрация приняла в работу": (city, handover.accept),
        "администрация направила в комитет ЖКХ": (
            who.heads[CITY], lambda w, i: handover.transfer(w, i, HOUSING, NOT_OURS),
        ),
        "комитет ЖКХ зарегистрировал за № Ж-7": (
            housing, lambda w, i: register_forwarded(w, i, "Ж-7"),
        ),
        "комитет ЖКХ принял в работу": (housing, handover.accept),
        "руководитель продлил до 30.04.2026": (
            chief, lambda w, i: prolong(w, i, date(2026, 4, 30), "нужна экспертиза покрытия"),
        ),
        "подготовлен проект ответа": (housing, partial(_draft, text=DECLINED)),
        "руководитель подписал ответ": (chief, _sign),
        "ответ сдан на почту": (housing, _post),
        "письмо вернулось": (housing, lambda w, i: undeliver(w, i, "адресат отсутствовал")),
        "письмо направлено повторно": (housing, lambda w, i: resend(w, i, POSTED)),
        "письмо вручено": (housing, lambda w, i: deliver(w, i, "уведомление о вручении № 9")),
        "куратор признал возражение обоснованным": (who.curator, _uphold),
        "подготовлен новый ответ": (housing, partial(_draft, text="Дорога отремонтирована.")),
        "руководитель подписал новый ответ": (chief, _sign),
        "новый ответ сдан на почту": (housing, _post),
        "обращение закрыто": (housing, answers.close),
    }  # fmt: skip


async def _draft(work: Work, appeal_id: int, text: str) -> object:
    return await answers.answer(work, appeal_id, NewAnswer(text, Outcome.EXPLAINED))


async def _sign(work: Work, appeal_id: int) -> object:
    return await sign(work, appeal_id, BY_HAND)


async def _post(work: Work, appeal_id: int) -> object:
    return await send(work, appeal_id, POSTED)


async def _uphold(work: Work, _appeal_id: int) -> object:
    return await judge(work, 1, upheld=True, verdict="Дорога включена в программу ремонта.")
