"""What ratings hand over to the API."""

from __future__ import annotations

from schema.graphql.subject import SubjectSchema
from schema.ratings.enums import ENUMS
from schema.ratings.laboratory import LaboratoryQuery
from schema.ratings.mutations import RatingMutation
from schema.ratings.notices import NoticeQuery
from schema.ratings.queries import RatingQuery
from schema.ratings.regions import RegionQuery
from schema.ratings.series import SeriesQuery

SCHEMA = SubjectSchema(
    queries=(RatingQuery, LaboratoryQuery, SeriesQuery, RegionQuery, NoticeQuery),
    mutations=(RatingMutation,),
    enums=ENUMS,
)
"""Ratings."""
