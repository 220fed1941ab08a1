"""A strengthened signature through the API: on the original that was shown, or none at all."""

from __future__ import annotations

from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from core.region.evidence.anchors import trust
from tests.conftest import OpenRegion
from tests.core.documents.test_attorney import written
from tests.core.documents.test_detached import Centre
from tests.schema.documents.test_passport import DRAFT, SUBMIT, VALUES, done, served

DECIDE = """
mutation ($input: DecideDocumentInput!) { done: decideDocument(input: $input) {
  ... on Document { state current { decisions { signature {
    kind strength stamping stampBy stamps { number seenAt endsAt } } } } }
  ... on Refusal { code text clause { ref } } } }
"""


def _written(content: bytes) -> str:
    return b64encode(content).decode()


async def test_a_decision_is_signed(open_test_region: OpenRegion, tmp_path: Path) -> None:
    region, centre = await open_test_region("murmansk"), Centre(owner="Проверочный demo-curator")
    trust(region.sealing, signers=centre.roots)
    async with served(region) as api:
        new = {"kind": "passport", "title": "Тёплые остановки", "values": VALUES}
        row = await done(api, DRAFT, "head", **new)
        asked = {"document": row["id"], "revision": row["revision"]}
        row = await done(api, SUBMIT, "head", **asked)
        ruling = {"document": row["id"], "seen": row["current"]["digest"], "by": "CURATOR"}

        async def decide(content: bytes, *lists: bytes, **more: Any) -> Any:
            cms = _written(centre.sign(content, tmp_path))
            given = {"kind": "QUALIFIED", "cms": cms, "revoked": [_written(one) for one in lists]}
            return await done(api, DECIDE, "curator", **ruling, signature={**given, **more})

        original = b64decode(row["current"]["original"])
        wrong = {
            "подписано другое содержание": await decide(b"else", centre.revoked()),
            "сертификат отозван": await decide(original, centre.revoked(own=True)),
            "ни списка отозванных, ни ответа": await decide(original),
            "в base64": await decide(original, cms="подпись"),
        }
        for words, refused in wrong.items():
            assert refused["code"] == "INVALID", words
            assert words in refused["text"]
        whose = written()
        lent = {"document": _written(whose), "cms": _written(centre.sign(b"", tmp_path))}
        refused = await decide(original, centre.revoked(), authority=lent)
        assert "подписано другое содержание" in refused["text"]
        lent["cms"] = _written(centre.sign(whose, tmp_path))
        refused = await decide(original, centre.revoked(), authority=lent)
        assert "подписана тем, кому она выдана" in refused["text"]
        lent["cms"] = _written(centre.lend(whose, tmp_path))
        both = await decide(original, answers=[_written(b"else")])
        assert both["code"] == "INVALID"
        answers = [_written(centre.word()), _written(centre.word(of=centre.lender))]
        signed = await decide(original, authority=lent, answers=answers)
        assert signed.get("state") == "APPROVED", signed
        (decision,) = signed["current"]["decisions"]
        assert decision["signature"] == {
            "kind": "qualified",
            "strength": "certificate",
            "stamping": "AWAITED",
            "stampBy": "2026-03-03T12:00:00Z",
            "stamps": [],
        }
