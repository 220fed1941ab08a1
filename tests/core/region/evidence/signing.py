"""A passport that the curator of Murmansk signs, with all that proves a signature."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.appeals.rules.signatures import SignatureKind
from core.documents.attorney import PowerOfAttorney
from core.documents.deciding import Ruling, decide
from core.documents.model import (
    DocumentVersion,
    SignaturePart,
    SignatureStamp,
)
from core.kernel.codes import Authority
from core.kernel.region import Region
from core.region.evidence.anchors import trust
from core.region.evidence.signatures import Given, signature_of
from tests.conftest import OpenRegion
from tests.core.documents.people import People, open_people
from tests.core.documents.test_detached import Centre
from tests.core.region.evidence.stamper import Stamper

QUALIFIED = SignatureKind.QUALIFIED


class Signed:
    """A passport that the curator of Murmansk signs, with the centre and authority of the tests."""

    def __init__(self, people: People, folder: Path) -> None:
        self.people, self.folder = people, folder
        self.centre, self.stamper = Centre(), Stamper(folder)
        self.roots = self.stamper.roots

    @property
    def region(self) -> Region:
        return self.people.region

    def trust(self, *more: Stamper) -> None:
        self.roots += "".join(one.roots for one in more)
        trust(self.region.sealing, stamps=self.roots, signers=self.centre.roots)

    async def submit(self) -> None:
        self.number = await self.people.draft("passport", "head")
        await self.people.submit(self.number, "head")
        query = select(DocumentVersion.original).where(DocumentVersion.document_id == self.number)
        async with self.region.database.reading() as session:
            self.original = (await session.scalars(query)).one()

    def given(self, authority: PowerOfAttorney | None = None) -> Given:
        cms = self.centre.sign(self.original, self.folder)
        return Given(QUALIFIED, cms, [self.centre.revoked()], authority)

    async def decide(self, given: Given) -> None:
        actor = self.people.actors["curator"]
        signing = await signature_of(self.region, actor, self.number, given, self.stamper)
        ruling = Ruling(Authority.CURATOR, await self.people.seen(self.number))
        async with self.region.work(actor) as work:
            await decide(work, self.number, ruling, signing)

    async def kept(self) -> tuple[list[str], int]:
        async with self.region.database.reading() as session:
            names = (await session.scalars(select(SignaturePart.name))).all()
            stamps = await session.scalar(select(func.count()).select_from(SignatureStamp))
        return sorted(names), stamps or 0


@pytest.fixture
async def signed(open_test_region: OpenRegion, tmp_path: Path) -> Signed:
    made = Signed(await open_people(await open_test_region("murmansk")), tmp_path)
    await made.submit()
    return made
