"""A region without a place on the map: one folder, little law, jobs that tests can watch."""

from tests.regions.polygon import rules

CHAPTERS = (rules,)
