"""Registering through the API: how often the database is asked."""

from __future__ import annotations

from tests.fixtures.statements import queries
from tests.schema.conftest import Api

TAKE_IN = """
mutation ($id: String!, $applicant: ContactInput) {
  takeIn(input: {channel: "letter", externalId: $id, text: "Яма", applicant: $applicant}) {
    ... on TakenIn { status }
    ... on Refusal { code }
  }
}
"""


async def test_what_one_registration_asks_of_the_database(api: Api) -> None:
    """Two statements say who asks, one whose webhooks are to be told; see below for the rest."""
    await api.data(TAKE_IN, "coordinator", id="к-0")
    with queries(3 + 11) as sent:
        taken = await api.data(TAKE_IN, "coordinator", id="к-1")
    assert taken == {"takeIn": {"status": "ADDED"}}
    written = [text for text in sent if text.startswith(("INSERT", "COPY"))]
    # The year's counter is moved; the case, its ledger and the journal are written.
    assert len(written) == 4
    with queries(3 + 12):
        taken = await api.data(TAKE_IN, "coordinator", id="к-2", applicant={"name": "Проба"})
    assert taken == {"takeIn": {"status": "ADDED"}}
    with queries(3 + 1):
        taken = await api.data(TAKE_IN, "coordinator", id="к-1")
    assert taken == {"takeIn": {"status": "KNOWN"}}
