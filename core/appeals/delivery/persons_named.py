"""Names in an answer: which words are a person's, and whether it is one who may be named there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.kernel.search import analyser

WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*|[А-ЯЁ]{3,}(?:-[А-ЯЁ]{3,})*"
INITIAL = r"[А-ЯЁ]\."
RUN = re.compile(
    rf"(?<![А-ЯЁа-яё-])(?:{WORD}|{INITIAL})(?:[ \u00a0]?(?:{INITIAL})|[ \u00a0](?:{WORD}))*"
)
TOKEN = re.compile(rf"{INITIAL}|{WORD}")
STREET = re.compile(
    r"(?:ул|улиц[аеыу]|пер|переул\w+|просп|проспект\w*|бульвар\w*|площад\w+|пл|набережн\w+|имени|им)"
    r"\.?[ \u00a0]$",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"(?:гр|г-н[а-яё]*|г-ж[а-яё]+|гражданин[а-яё]*|граждан[а-яё]+|господин[а-яё]*|госпож[а-яё]+"
    r"|жител[а-яё]+|жильц[а-яё]+|сосед[а-яё]*|собственник[а-яё]*|собственниц[а-яё]+"
    r"|заявител[а-яё]+|семь[а-яё]+)\.?[ \u00a0]$",
    re.IGNORECASE,
)
PATRONYMIC = re.compile(
    r"(?:вич|вич[аеу]|вичем|вна|вн[еуы]|вной|ична|ичн[еуы]|ичной)$", re.IGNORECASE
)
LOOK_BACK = 30


@dataclass(frozen=True, slots=True)
class Named:
    """A name and its place in the text, in characters."""

    start: int
    end: int
    words: tuple[str, ...]


def persons_in(text: str) -> Iterator[Named]:
    """Names of persons, as far as words and their forms tell; rather one too many.

    A surname with initials, a first name with a surname, a patronymic; a single word where a title
    stands before it. What a street is called after is none.
    """
    for run in RUN.finditer(text):
        before = text[max(0, run.start() - LOOK_BACK) : run.start()]
        tokens = list(TOKEN.finditer(run[0]))
        if STREET.search(before):
            continue
        titled = TITLE.search(before) is not None
        for first, last in _spans([one[0] for one in tokens], titled=titled):
            start, end = run.start() + tokens[first].start(), run.start() + tokens[last].end()
            yield Named(start, end, tuple(one[0] for one in tokens[first : last + 1]))


def is_of(words: Sequence[str], name: str) -> bool:
    """Whether all these words can be of the person with this name: in any case, or initials."""
    parts = re.findall(r"[А-ЯЁа-яё]+", name)
    known = {form for part in parts for form in _forms(part)}
    letters = {part[0].upper() for part in parts}
    pieces = [piece for word in words for piece in word.split("-")]
    return bool(known) and all(
        piece[0] in letters if piece.endswith(".") else bool(_forms(piece) & known)
        for piece in pieces
    )


def _spans(words: Sequence[str], *, titled: bool) -> Iterator[tuple[int, int]]:
    """The stretches of a run of capitalised words that are a name: first and last place."""
    kinds = _surnamed([_kind(word) for word in words])
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and kinds[end] != "":
            end += 1
        if end > start and _is_name(kinds[start:end], titled=titled and start == 0):
            yield start, end - 1
        start = end + 1


def _surnamed(kinds: Sequence[str]) -> list[str]:
    """The kinds, a common word made a surname where it alone stands by initials or a patronymic."""
    found, marks = list(kinds), "".join(kind or " " for kind in kinds)
    for initials in re.finditer("I+", marks):
        beside = [one for one in (initials.start() - 1, initials.end()) if 0 <= one < len(kinds)]
        if beside and not any(kinds[one] for one in beside):
            found[beside[0]] = "S"
    for whole in re.finditer("(?<![S?N])N?P(?= )", marks):
        found[whole.end()] = "S"
    return found


def _is_name(kinds: Sequence[str], *, titled: bool) -> bool:
    """I initial, P patronymic, N first name, S surname, ? a word that no dictionary has."""
    said = "".join(kinds)
    if "P" in said or (titled and set(said) & set("NS?")):
        return True
    if "I" in said:
        return bool(set(said) & set("S?N"))
    return "N" in said and len(said) > 1


@lru_cache(50_000)
def _kind(word: str) -> str:
    if word.endswith("."):
        return "I"
    last = word.split("-")[-1].lower()
    parses = analyser().parse(last)
    grammemes = {str(one) for parse in parses for one in parse.tag.grammemes}
    if "Patr" in grammemes or PATRONYMIC.search(last):
        return "P"
    if "Name" in grammemes:
        return "N"
    if "Surn" in grammemes:
        return "S"
    return "" if any(parse.is_known for parse in parses) else "?"


@lru_cache(50_000)
def _forms(word: str) -> frozenset[str]:
    lowered = word.lower().replace("ё", "е")
    normal = (form.replace("ё", "е") for form in analyser().normal_forms(lowered))
    return frozenset({lowered, *normal})
