"""Why an appeal goes where it goes: the route that decided and why every other did not."""

import strawberry

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.placement import Placer
from core.appeals.model import Appeal
from core.appeals.rules import routing
from core.appeals.rules.routing import Route, Verdict
from core.directory.bodies import load_bodies
from core.kernel.codes import Permission
from core.kernel.rules.calendar import local_date
from core.structure.blocks import load_blocks
from schema.directory.loaders import BODIES_BY_KEY
from schema.directory.types import Body
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs
from schema.graphql.resolvers import related


@strawberry.type(description="Маршрут в решении")
class Consideration:
    """Resolved from `core.appeals.rules.routing.Consideration`."""

    route: str = field("Ключ маршрута")
    verdict: Verdict = field("Что с ним стало")
    reason: str = field("Почему")
    clause: Clause = field("Норма, на которой маршрут стоит")


def _key(root: routing.Decision) -> str | None:
    return root.body


@strawberry.type(description="Куда идёт обращение и почему")
class Routing:
    """Resolved from `core.appeals.rules.routing.Decision`."""

    body: Body | None = field(
        "Орган; null означает очередь координатора", related(BODIES_BY_KEY, _key)
    )
    chosen: Consideration | None = field("Маршрут, который решил")
    considered: list[Consideration] = field("Все маршруты по порядку их силы")


@strawberry.input(description="Что известно об обращении, которого ещё нет")
class RoutingInput:
    """Keys of the rulebook and of the directory."""

    channel: str = field("Ключ канала")
    theme: str | None = optional("Ключ тематики")
    municipality: str | None = optional("Ключ муниципального образования")
    addressee: str | None = optional("Ключ или название адресата")
    complained_body: str | None = optional("Ключ или название органа, который обжалуется")


async def routing_of(root: strawberry.Parent[Appeal], info: Info) -> routing.Decision:
    """Resolver of an appeal's `routing`: the rules of its day, the directory of today."""
    rules, on = info.context.rules, local_date(root.received_at, info.context.zone)
    async with info.context.reading() as work:
        bodies = await load_bodies(work.session)
        blocks = await load_blocks(work.session, rules)
    facts = Placer(rules, bodies, blocks).facts(
        root.theme,
        root.channel,
        root.municipality,
        bodies.by_id.get(root.addressee_id or 0),
        bodies.by_id.get(root.complained_body_id or 0),
        on,
    )
    return routing.decide(rules.all(Route, on, municipality=root.municipality), facts)


async def _explain(info: Info, given: Input[RoutingInput]) -> routing.Decision:
    async with info.context.reading() as work:
        bodies = await load_bodies(work.session)
        placer = Placer(work.rules, bodies, await load_blocks(work.session, work.rules))
    asked = NewAppeal(
        channel=given.channel,
        external_id="",
        text="",
        theme=given.theme,
        municipality=given.municipality,
        addressee=given.addressee,
        complained_body=given.complained_body,
    )
    return placer.place(asked, info.context.today).decision


@strawberry.type
class RoutingQuery:
    """Routing without an appeal."""

    explain_routing: Routing = field(
        "Куда пошло бы такое обращение и почему", _explain, needs(Permission.READ_APPEALS)
    )
