"""A city of real opened, promised and closed times, by which deadlines are checked.

It differs in everything from a Russian region: one telephone line, no significant theme, and no
term but the one that the city itself promised.
"""

from tests.grounds.boston import rules

CHAPTERS = (rules,)
