"""Tables of ratings: their life, what they were reckoned from, objections, looks, the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.kernel.sealing.forms import Form
from core.kernel.sealing.rows import seals
from core.law.russian import Code
from core.shapes.registers.model import Dated


class Stage(Code):
    """How far a rating has come, and what a version of it was made as."""

    TRIAL = "trial", "пробный"
    DRAFT = "draft", "проект"
    FINAL = "final", "итог"
    CORRECTION = "correction", "исправление итога"


class Rating(Base):
    """A rating of a quarter by a method: `stage` is that of its last version.

    Objections are taken up to `objections_until`; `approval` is the act by which the method
    stands, where the region's act asks for one.
    """

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("method", "start"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    method: Mapped[str]
    name: Mapped[str]
    start: Mapped[date]
    period: Mapped[str]
    stage: Mapped[str]
    clause: Mapped[str]
    approval: Mapped[str | None]
    drafted_at: Mapped[datetime | None]
    objections_until: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


RATING_FORM = Form(
    "rating",
    (
        "method", "name", "start", "period", "stage", "clause", "approval", "drafted_at",
        "objections_until", "published_at",
    ),
)  # fmt: skip
seals(Rating, RATING_FORM)


class RatingVersion(Base):
    """A rating as it was reckoned at a moment: never changed, `digest` is of all that it says.

    `told` is what `tsur rating --json` gives; `edition` the method's, `law` the rulebook's; `mark`
    the last row of the ledger then. A correction has its `reason` and the places it `moved`.
    """

    __tablename__ = "rating_version"
    __table_args__ = (UniqueConstraint("rating_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"))
    number: Mapped[int]
    stage: Mapped[str]
    told: Mapped[dict[str, Any]]
    edition: Mapped[str]
    law: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    mark: Mapped[int] = mapped_column(Id)
    reason: Mapped[str | None]
    moved: Mapped[list[Any]]
    actor: Mapped[str]
    taken_at: Mapped[datetime]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


VERSION_FORM = Form(
    "rating_version",
    (
        "rating_id", "number", "stage", "told", "edition", "law", "digest", "mark", "reason",
        "moved", "actor", "taken_at",
    ),
)  # fmt: skip
seals(RatingVersion, VERSION_FORM)


class RatingCase(Base):
    """A case that a version counted, or a quarter before it: never changed, whatever becomes of it.

    `begun` is when the body first got it; `days`, `merits` and `returned` are what was marked, the
    rest what that was told from; `scope` is the theme where the body is rated by each apart,
    `heard` what the applicant said (`Seen`), where the method listens to him.
    """

    __tablename__ = "rating_case"
    __table_args__ = (UniqueConstraint("version_id", "start", "body", "appeal_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("rating_version.id"))
    start: Mapped[date]
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    body: Mapped[str]
    scope: Mapped[str | None]
    days: Mapped[int | None]
    merits: Mapped[bool]
    returned: Mapped[bool]
    begun: Mapped[datetime]
    holder: Mapped[str | None]
    theme: Mapped[str | None]
    outcome: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    reworks: Mapped[int]
    heard: Mapped[int | None]


class RatingObjection(Base):
    """What a subject holds against a draft, and what it was answered; `number` in its rating."""

    __tablename__ = "rating_objection"
    __table_args__ = (UniqueConstraint("rating_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"))
    number: Mapped[int]
    body: Mapped[str]
    scope: Mapped[str | None]
    text: Mapped[str]
    appeals: Mapped[list[Any]]
    filed_by: Mapped[str]
    filed_at: Mapped[datetime]
    upheld: Mapped[bool | None]
    answer: Mapped[str | None]
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


OBJECTION_FORM = Form(
    "rating_objection",
    (
        "rating_id", "number", "body", "scope", "text", "appeals", "filed_by", "filed_at",
        "upheld", "answer", "answered_by", "answered_at",
    ),
)  # fmt: skip
seals(RatingObjection, OBJECTION_FORM)


class RatingLook(Base):
    """Somebody saw a draft on a local day, whole or of one body, or a correction of his body."""

    __tablename__ = "rating_look"
    __table_args__ = (UniqueConstraint("version_id", "actor", "day"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("rating_version.id"))
    actor: Mapped[str] = mapped_column(String(255))
    day: Mapped[date]
    whole: Mapped[bool]
    at: Mapped[datetime]


class RatingFigure(Base):
    """What a body has by a criterion that the appeals do not tell, over a quarter; never changed.

    `hits` of `total` that were checked meet the method; the last row of the same counts.
    """

    __tablename__ = "rating_figure"
    __table_args__ = (Index("ix_rating_figure_method", "method", "start"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    method: Mapped[str]
    criterion: Mapped[str]
    start: Mapped[date]
    body: Mapped[str]
    hits: Mapped[int]
    total: Mapped[int]
    source: Mapped[str]
    ground: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


FIGURE_FORM = Form(
    "rating_figure",
    (
        "method", "criterion", "start", "body", "hits", "total", "source", "ground", "actor", "at",
    ),
)  # fmt: skip
seals(RatingFigure, FIGURE_FORM)


class SeriesValue(Base):
    """One value of a rating that somebody else has made, as his file gives it; never changed.

    `value` and `place` are its own words, None where it says nothing; `mark` how it is to be read.
    The last row of a subject by an indicator counts: an earlier one that differs makes it revised.
    """

    __tablename__ = "rating_series_value"
    __table_args__ = (Index("ix_rating_series_value_period", "start", "series", "edition"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    series: Mapped[str]
    source: Mapped[str]
    method: Mapped[str]
    edition: Mapped[str]
    period: Mapped[str]
    start: Mapped[date]
    subject: Mapped[str]
    indicator: Mapped[str]
    title: Mapped[str]
    value: Mapped[str | None]
    place: Mapped[str | None]
    mark: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str]
    at: Mapped[datetime]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


SERIES_FORM = Form(
    "rating_series_value",
    (
        "series", "source", "method", "edition", "period", "start", "subject", "indicator",
        "title", "value", "place", "mark", "digest", "actor", "at",
    ),
)  # fmt: skip
seals(SeriesValue, SERIES_FORM)


class RatingRelease(Dated, Base):
    """A decision that moves the days of a rating: it holds from its own day, see `releases`."""

    __tablename__ = "rating_release"
    __table_args__ = (Index("ix_rating_release_method", "method", "start"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    method: Mapped[str]
    start: Mapped[date]
    draft_on: Mapped[date]
    final_on: Mapped[date]
    reason: Mapped[str]
    ground: Mapped[str]
    since: Mapped[date] = mapped_column()
    actor: Mapped[str]
    at: Mapped[datetime]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


RELEASE_FORM = Form(
    "rating_release",
    (
        "method", "start", "draft_on", "final_on", "reason", "ground", "since", "until", "actor",
        "at",
    ),
)  # fmt: skip
seals(RatingRelease, RELEASE_FORM)
