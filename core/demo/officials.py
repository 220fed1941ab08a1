"""Invented officials with appointments: one for every role, two for every body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from core.demo.life import HEAD, OFFICIAL
from core.demo.people import full_name
from core.demo.world import World
from core.directory.bodies import Bodies, bodies_of_the_highest
from core.directory.model import Appointment, Body, Person, Position
from core.kernel.codes import Authority
from core.kernel.rules.roles import Reach, Role
from core.kernel.work import Work
from core.region.tokens import DEMO_SUBJECT
from core.structure.blocks import load_blocks

GROUND = "Демонстрационный приказ № 1"
BODY_ROLES = (("body-official", OFFICIAL), ("body-head", HEAD))
BLOCK_ROLES = ("block-responsible", "block-head")


@dataclass(frozen=True, slots=True)
class Post:
    """A role for somebody, and where it reaches."""

    subject: str
    role: str
    body_id: int | None = None
    blocks: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()


async def appoint_officials(work: Work, world: World, bodies: Bodies) -> int:
    """Enter whoever is missing; the number of persons added. `bodies` are all of the directory."""
    await _seat_the_highest(work, bodies)
    known = set(await work.session.scalars(select(Person.subject)))
    roles = work.rules.all(Role, work.today)
    blocks = (await load_blocks(work.session, work.rules)).all(work.today)
    keys = [block.key for block in blocks]
    posts = [post for post in _posts(work, world, bodies, roles, keys) if post.subject not in known]
    people = [
        Person(subject=post.subject, name=full_name(world.rng(post.subject))) for post in posts
    ]
    work.session.add_all(people)
    await work.session.flush()
    since = work.today - world.span - timedelta(days=30)
    work.session.add_all(
        _appointment(person, post, since) for person, post in zip(people, posts, strict=True)
    )
    await work.session.flush()
    return len(people)


async def _seat_the_highest(work: Work, bodies: Bodies) -> None:
    """Give the region's highest official his position: his terms are told by it (12 ч. 1.1)."""
    rank = Authority.HIGHEST_OFFICIAL.value
    body = bodies.by_key.get(rank)
    if body is not None and not await bodies_of_the_highest(work.session):
        work.session.add(Position(body_id=body.id, name=body.name, rank=rank))


def _posts(
    work: Work, world: World, bodies: Bodies, roles: Sequence[Role], blocks: Sequence[str]
) -> Iterable[Post]:
    named = {role.key for role in roles}
    for role in roles:
        yield _of_role(work, world, role, blocks)
    for block in blocks:
        for key in BLOCK_ROLES:
            if key in named:
                yield Post(f"demo-{key}-{block}", key, blocks=(block,))
    for body in bodies.rows:
        for key, subject in BODY_ROLES:
            if key in named and bodies.working(body, work.today):
                yield Post(subject.format(body=body.key), key, body_id=body.id)


def _of_role(work: Work, world: World, role: Role, blocks: Sequence[str]) -> Post:
    """The official of the role's demo token: as wide as the role may see something."""
    capital = max(world.municipalities, key=lambda place: place.population or 0, default=None)
    body = _busiest(work, world) if role.reach is Reach.BODY else None
    return Post(
        subject=DEMO_SUBJECT.format(role=role.key),
        role=role.key,
        body_id=body.id if body else None,
        blocks=tuple(blocks[:1]) if role.reach is Reach.BLOCKS else (),
        municipalities=(capital.key,) if capital and role.reach is Reach.MUNICIPALITY else (),
    )


def _busiest(work: Work, world: World) -> Body | None:
    """A body that surely has cases: who answers for housing, else the largest administration."""
    bodies = world.bodies
    owners = bodies.owners("housing", work.rules, work.today)
    places = sorted(world.municipalities, key=lambda place: place.population or 0, reverse=True)
    local = (bodies.administration(place.key, work.today) for place in places)
    key = next((key for key in (*owners, *local) if key), None)
    return bodies.by_key[key] if key else next(iter(bodies.rows), None)


def _appointment(person: Person, post: Post, since: date) -> Appointment:
    return Appointment(
        person_id=person.id,
        role=post.role,
        body_id=post.body_id,
        blocks=list(post.blocks),
        municipalities=list(post.municipalities),
        ground=GROUND,
        since=since,
    )
