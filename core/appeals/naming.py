"""Personal names in a text, in any case of Russian: whom a letter speaks of, by the words alone."""

from __future__ import annotations

import re

WORD = r"(?!Уважаем)[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:ич|[ое]вн|ичн)[а-яё]{0,3}"
INITIALS = r"[А-ЯЁ]\.\s?[А-ЯЁ]\."
PEOPLE = re.compile(
    rf"\b(?:(?:{WORD}\s+)?{WORD}\s+{PATRONYMIC}(?:\s+{WORD})?|{WORD}\s+{INITIALS}|{INITIALS}\s?{WORD})"
)
"""«Сидорову Петру Ивановичу», «Петру Ивановичу», «Сидорова П. И.», «П.И. Сидорова»."""

ENDING, LEAST = 3, 3
"""How many last letters a case of a name may change, and how many it leaves at least."""


def people_in(text: str) -> list[str]:
    """The personal names of the text as they stand there, each once, in its order."""
    return [*dict.fromkeys(" ".join(found[0].split()) for found in PEOPLE.finditer(text))]


def is_same(named: str, person: str) -> bool:
    """Whether a name as it stands in a text may be this person's, whose name is in the nominative.

    Each of its words begins as one of the person's does; an initial is the first letter of one.
    """
    own = [word.casefold().replace("ё", "е") for word in re.findall(r"[\w-]+", person)]
    said = re.findall(r"[\w-]+", named.casefold().replace("ё", "е"))
    return bool(own) and all(any(_begins(word, one) for one in own) for word in said)


def _begins(word: str, own: str) -> bool:
    if len(word) == 1 or len(own) == 1:
        return word[0] == own[0]
    kept = max(LEAST, min(len(word), len(own)) - ENDING)
    return word[:kept] == own[:kept]
