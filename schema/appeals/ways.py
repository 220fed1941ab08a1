"""On which ways the answer to an appeal may go."""

from core.appeals import model
from core.appeals.rules.signatures import Way
from core.appeals.rules.ways import ways_allowed
from core.appeals.ways import ways_rule
from core.kernel.rules.calendar import local_date
from schema.graphql.context import Info
from schema.graphql.resolvers import derived


@derived(model.Appeal.channel, model.Appeal.received_at)
def answer_ways(root: model.Appeal, info: Info) -> list[Way]:
    """Resolver of an appeal's `answerWays`, by the edition of the day of receipt."""
    on, rules = local_date(root.received_at, info.context.zone), info.context.rules
    rule = ways_rule(rules, root.channel, on)
    return sorted(ways_allowed(rule), key=list(Way).index) if rule else []
