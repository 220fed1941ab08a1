"""Fields of forms in which people choose a name, where the API takes a key or a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from core.appeals.rules.answers import DraftFault
from core.appeals.rules.intake import Channel
from core.appeals.rules.occasions import OwnFact
from core.directory.rules.bodies import Theme
from core.kernel.codes import Permission
from core.kernel.rules.passport import Municipality
from schema.board.forms.steps import ROW, Choices, Control, base
from schema.board.saved import PageContext

BODIES = frozenset({"body", "interior", "highest", "addressee", "complainedBody"})
PERSONS = frozenset({"person"})
FILES = frozenset({"attachment"})
KEY = "Ключ "
NOBODY = ("", "— выберите —")
PLACES = {"theme": "Тематика", "municipality": "Муниципальное образование"}
CALLED = {
    **PLACES, "person": "Должностное лицо", "channel": "Откуда", "fault": "Причина возврата",
    "fact": "Событие",
}  # fmt: skip
NAMED: Mapping[str, type[Theme | Municipality | Channel | DraftFault | OwnFact]] = {
    "theme": Theme,
    "municipality": Municipality,
    "channel": Channel,
    "fault": DraftFault,
    "fact": OwnFact,
}
"""Fields that take the key of a rule: people choose it by its name."""


async def with_choices(
    context: PageContext, controls: Iterable[Control], body: str | None, case: str | None = None
) -> tuple[Control, ...]:
    """The fields with bodies, persons and files to choose from, as far as the reader may see them.

    `body` is the id of the one that holds the case: persons are its own; without it all are.
    Files are those of the `case`.
    """
    found: dict[str, Choices] = {}
    names = {base(one.name) for one in controls}
    if names & BODIES:
        nodes = (await context.ask("ChooseBody"))["bodies"]["nodes"]
        found.update(dict.fromkeys(BODIES, tuple((one["key"], one["name"]) for one in nodes)))
    if names & PERSONS:
        nodes = (await context.ask("ChoosePerson", body=body))["persons"]["nodes"]
        found.update(dict.fromkeys(PERSONS, tuple((one["id"], one["name"]) for one in nodes)))
    if names & FILES and case is not None and context.actor.may(Permission.READ_CONTENT):
        files = (await context.ask("ChooseFile", id=case))["appeal"]["attachments"]
        found.update(dict.fromkeys(FILES, tuple((one["id"], one["name"]) for one in files)))
    for name in names & NAMED.keys():
        rules = context.region.rules.all(NAMED[name], context.today)
        known = ((one.key, one.name) for one in rules)
        found[name] = tuple(sorted(known, key=lambda pair: pair[1]))
    return tuple(
        replace(
            one, label=_called(one), kind="select", options=_offered(one, found[base(one.name)])
        )
        if base(one.name) in found
        else one
        for one in controls
    )


def _offered(one: Control, options: Choices) -> Choices:
    """What stands in the list; a field that may stay empty has its dash of the form itself."""
    return (NOBODY, *options) if one.required else options


def _called(one: Control) -> str:
    """What the API says, where it does not speak of keys and numbers: names are chosen here."""
    row, dot, label = one.label.rpartition(". ") if ROW in one.name else ("", "", one.label)
    name = base(one.name)
    called = CALLED.get(name) or ("Орган" if name == "body" or KEY in label else label)
    return f"{row}{dot}{called}"
