"""A region whose act rates whom no shipped act does: units of bodies, those responsible for blocks.

Units have full marks for an answer within so many hours.
"""

from tests.grounds.rated import ratings, region

CHAPTERS = (region, ratings)
