"""A region whose act has the terms that other regions really have: hours, stages, seasons."""

from tests.grounds.terms import facts, rules, terms

CHAPTERS = (rules, facts, terms)
