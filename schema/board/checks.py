"""What of a region's additions to the board does not hold: asked by `tsur check`."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import parse, validate
from jinja2 import TemplateError

from core.kernel.region import Region
from core.kernel.rules.roles import Role
from core.law.russian import hint
from schema.board.added import added
from schema.board.rendering import environment
from schema.build import build_schema


def faults(region: Region) -> Iterator[str]:
    """Each in Russian: an operation that the API does not run, a template that cannot be read, a
    role that nobody has."""
    found = added(region.boards)
    schema = build_schema(region)._schema
    for name, text in found.operations.items():
        yield from (f"запрос {name}: {one.message}" for one in validate(schema, parse(text)))
    templates = environment(*region.boards)
    named = [page.template for page in found.pages] + [card.template for card in found.cards]
    for name in named:
        try:
            templates.get_template(name)
        except TemplateError as error:
            yield f"шаблон {name}: {error}"
    roles = {role.key for role in region.rules.all(Role, region.now().date())}
    for page in found.pages:
        if page.role not in roles:
            yield f"страница «{page.path}»: роли «{page.role}» нет{hint(page.role, roles)}"
