"""Every root field to every role, as the table has it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.rules.roles import Reach, Role
from schema.build import build_schema
from tests.fixtures.actors import appoint
from tests.schema import roles
from tests.schema.conftest import ROLES, Api
from tests.schema.roles import NOBODY, outcomes, read, root_fields, write

OF_BODIES = ("body-official", "body-head")
"""These are officials of a body from the beginning, as those of ROLES are of the region."""


async def every_role(region: Region) -> list[str]:
    """All roles of the region's law, somebody in each of them."""
    known = region.rules.all(Role, region.now().date())
    async with region.work(system()) as work:
        for role in known:
            if role.key not in (*ROLES, *OF_BODIES):
                scope = SCOPES.get(role.reach, {})
                await appoint(work, role.key, subject=f"demo-{role.key}", **scope)
    return [role.key for role in known]


SCOPES: Mapping[Reach, dict[str, Any]] = {
    Reach.BLOCKS: {"blocks": ["roads"]},
    Reach.MUNICIPALITY: {"municipalities": ["north"]},
}


async def test_every_root_field_to_every_role(api: Api) -> None:
    """A field without a row, a row without a field, another outcome: each is a difference."""
    everybody = [NOBODY, *await every_role(api.region)]

    async def ask(text: str, given: dict[str, Any], role: str | None) -> Any:
        return (await api.post(text, given, role=role)).json()

    found = await outcomes(build_schema(api.region)._schema, everybody, ask)
    if os.environ.get(roles.WRITES):
        write(found)
    assert found == read()


async def test_the_table_is_complete(api: Api) -> None:
    schema = build_schema(api.region)._schema
    assert [*read()] == [(name, root) for root, name, _ in root_fields(schema)]
