"""Fields of forms in which people choose a name, where the API takes a key or a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.appeals.rules.answers import DraftFault
from core.directory.rules.bodies import Theme
from core.kernel.codes import Permission
from core.kernel.rules.passport import Municipality
from schema.board.forms.controls import NOBODY, ROWS, Choices, Control, base, row_of
from schema.board.saved import PageContext

BODIES = frozenset({"body", "addressee", "complainedBody"})
PERSONS = frozenset({"person"})
FILES = frozenset({"attachment", "attachments"})
PLACES = ("theme", "municipality")
NAMED: Mapping[str, type[Theme | Municipality | DraftFault]] = {
    "theme": Theme,
    "municipality": Municipality,
    "fault": DraftFault,
}
"""Fields that take the key of a rule: people choose it by its name."""


async def of_step(context: PageContext, case: str, mutation: str) -> dict[str, Choices]:
    """What the step itself takes in its fields, with this case, of this reader."""
    asked = {"id": case, "mutation": mutation}
    return chosen_of((await context.ask("StepChoices", **asked))["appeal"]["stepChoices"])


def chosen_of(told: Iterable[Mapping[str, Any]]) -> dict[str, Choices]:
    """What the API says may be chosen, by the names of the fields."""
    return {
        one["name"]: tuple((said["value"], said["name"]) for said in one["choices"]) for one in told
    }


async def with_choices(
    context: PageContext,
    controls: Iterable[Control],
    *,
    case: str | None = None,
    known: Mapping[str, Choices] | None = None,
) -> tuple[Control, ...]:
    """The fields with what there is to choose from, as far as the reader may see it.

    `known` are the choices of a step or a thing itself, by names of fields. Files are those of
    the `case`.
    """
    found, controls = dict(known or {}), tuple(controls)
    names = {base(one.name) for one in controls} - found.keys()
    if asked := names & BODIES:
        nodes = (await context.ask("ChooseBody"))["bodies"]["nodes"]
        found.update(dict.fromkeys(asked, tuple((one["key"], one["name"]) for one in nodes)))
    if asked := names & PERSONS:
        nodes = (await context.ask("ChoosePerson"))["persons"]["nodes"]
        found.update(dict.fromkeys(asked, tuple((one["id"], one["name"]) for one in nodes)))
    if names & FILES and case is not None:
        files: Sequence[Mapping[str, str]] = ()
        if context.actor.may(Permission.READ_CONTENT):
            files = (await context.ask("ChooseFile", id=case))["appeal"]["attachments"]
        found.update(dict.fromkeys(FILES, tuple((one["id"], one["name"]) for one in files)))
    for name in names & NAMED.keys():
        rules = context.region.rules.all(NAMED[name], context.today)
        pairs = ((one.key, one.name) for one in rules)
        found[name] = tuple(sorted(pairs, key=lambda pair: pair[1]))
    return fit(controls, found)


def fit(controls: Iterable[Control], found: Mapping[str, Choices]) -> tuple[Control, ...]:
    """The fields with their choices; what may stay empty and has none is left out, with a group
    of which it is a part, and so is a key that there is nothing to choose from for. A group has
    no more rows than there is to choose from."""
    shown = [_chosen(one, found) for one in controls]
    empty = [one for one in shown if _is_empty(one)]
    groups = {one.group for one in empty if one.group}
    rows = {one.group: len(one.options) for one in shown if one.group and one.keyed}
    return tuple(
        one
        for one in shown
        if one not in empty
        and one.group not in groups
        and row_of(one.name) <= rows.get(one.group, ROWS)
    )


def _is_empty(one: Control) -> bool:
    chosen = one.kind in ("select", "ticks")
    return one.keyed if not chosen else not (one.options or one.required)


def _chosen(one: Control, found: Mapping[str, Choices]) -> Control:
    """The field as a choice, where there is one: a list of values is ticked."""
    if base(one.name) not in found:
        return one
    options = found[base(one.name)]
    if one.many:
        return replace(one, kind="ticks", options=options)
    # what may stay empty has its dash of the form itself
    return replace(one, kind="select", options=(NOBODY, *options) if one.required else options)
