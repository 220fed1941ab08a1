"""A package of evidence through the API: handed out, written down, given again byte for byte."""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256

from core.kernel.sealing.verifier import Package
from core.region.evidence.anchors import anchors_of
from tests.conftest import OpenRegion
from tests.schema.documents.test_passport import DRAFT, SUBMIT, VALUES, served

HAND_OUT = """
mutation ($input: EvidencePackageInput!) { done: evidencePackage(input: $input) {
  ... on EvidencePackage { number digest signedAt recipient } ... on Refusal { code text } } }
"""
LIST = "{ evidencePackages { number subject recipient ground digest actor } }"
CONTENT = "query ($number: Int!) { evidencePackageContent(number: $number) }"
ADMIN, HEAD = "head", "head"


async def test_a_package_is_handed_out(open_test_region: OpenRegion) -> None:
    region = await open_test_region("murmansk")
    async with served(region) as api:
        draft = {"kind": "passport", "title": "Проба", "values": VALUES[:2]}
        made = (await api.data(DRAFT, HEAD, input=draft))["done"]
        await api.data(SUBMIT, HEAD, input={"document": made["id"], "revision": made["revision"]})
        asked = {"documentId": made["id"], "recipient": "Суд", "ground": "запрос № 1"}
        refused = (await api.data(HAND_OUT, ADMIN, input={**asked, "recipient": ""}))["done"]
        assert refused["code"] == "INVALID"
        assert (await api.data(LIST, ADMIN))["evidencePackages"] == []
        given = (await api.data(HAND_OUT, ADMIN, input=asked))["done"]
        (listed,) = (await api.data(LIST, ADMIN))["evidencePackages"]
        assert (listed["recipient"], listed["ground"]) == ("Суд", "запрос № 1")
        content = await api.data(CONTENT, ADMIN, number=given["number"])
    whole = b64decode(content["evidencePackageContent"])
    assert sha256(whole).hexdigest() == given["digest"] == listed["digest"]
    assert Package(whole, anchors_of(region.sealing, "murmansk")).signed_at is None
