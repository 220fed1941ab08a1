"""A region without a place on the map: one folder, little law, jobs that tests can watch."""

from tests.grounds.polygon import rules

CHAPTERS = (rules,)
