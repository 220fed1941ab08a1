"""How lawyers cite: «подп. «г» п. 10 Правил № 1844», from the number that an act prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

PIN = "{pin}"
OF_DOCUMENT = re.compile(r"^([\d-]+) (?:постановления|распоряжения)$")
ARTICLE = re.compile(r"^ст\. ([\d.]+)(?: ч\. ([\d.]+))?(?: п\. ([\d.]+))?$")
ROW = re.compile(r"^Структура, (\d+)$")
TERM = re.compile(r'^([\d()]+), "(.+)"$')
LETTERED = re.compile(r"^([\d()]+) ([а-я])\)$")
NUMBERED = re.compile(r"^([\d-]+), пп\. (\d+)\)$")
PARAGRAPH = re.compile(r"^(.+), абз\. ([\d-]+)$")


@dataclass(frozen=True, slots=True)
class Document:
    """One of the documents that make up an act: a resolution, and what it approves.

    `of` are the beginnings of the ids of its clauses up to the first dot (none: all others), `cite`
    how it is named, with `{pin}` where the clause stands.
    """

    cite: str
    of: tuple[str, ...] = ()

    def has(self, clause_id: str) -> bool:
        """Whether the clause with this id stands in it."""
        return not self.of or clause_id.partition(".")[0] in self.of


class Citable(Protocol):
    """A clause as a citation sees it."""

    @property
    def document(self) -> str:
        """How its document is cited."""

    @property
    def short_act(self) -> str:
        """How its act is called where no document is known."""

    @property
    def number(self) -> str:
        """As the act prints it."""

    @property
    def ref(self) -> str:
        """Its full id."""


def document_of(documents: Iterable[Document], clause_id: str) -> str:
    """How the document is cited in which the clause stands; empty where none is known."""
    return next((one.cite for one in documents if one.has(clause_id)), "")


def pin(number: str) -> str:
    """The place within its document: «абз. 2 подп. «а» п. 4» of «4 а), абз. 2»."""
    inner = PARAGRAPH.match(number)
    if inner:
        whole, paragraph = inner.groups()
        outer = "" if whole in ("постановление", "распоряжение") else pin(whole)
        outer = re.sub("^понятие", "понятия", outer)
        return f"абз. {paragraph.replace('-', '–')} {outer}".strip()
    if found := ARTICLE.match(number):
        article, part, item = found.groups()
        of_part = f"ч. {part} " if part else ""
        return f"{f'п. {item} ' if item else ''}{of_part}ст. {article}"
    if found := TERM.match(number):
        return f"понятие «{_quoted(found[2])}» п. {found[1]}"
    if found := LETTERED.match(number):
        return f"подп. «{found[2]}» п. {found[1]}"
    if found := NUMBERED.match(number):
        return f"подп. {found[2]} п. {found[1]}"
    if found := ROW.match(number):
        return f"строка {found[1]}"
    if found := OF_DOCUMENT.match(number):
        return f"п. {found[1]}"
    return _plain(number)


def _plain(number: str) -> str:
    """A bare number is a clause; a word, or what says itself what it is, stays."""
    within = re.match(r"^([\d-]+) (?:постановления|распоряжения)(, .+)$", number)
    if within:
        return pin(f"{within[1]}{within[2]}")
    return f"п. {number}" if number[:1].isdigit() else number


def _quoted(term: str) -> str:
    """Quotation marks within quotation marks as Russian has them."""
    inner = re.sub(r'"([^"]*)"', r"„\1“", term)
    return inner.replace('"', "")


def cited(clauses: Iterable[Citable]) -> str:
    """Several clauses with their ids as code, each document and each place in it named once."""
    groups: dict[tuple[str, str], dict[str, list[str]]] = {}
    for one in clauses:
        place = pin(one.number) if one.document else one.number
        places = groups.setdefault((one.document, one.short_act), {})
        places.setdefault(place, []).append(f"`{one.ref}`")
    return "; ".join(
        document.replace(PIN, _listed(places)) if document else f"{act}, {_listed(places)}"
        for (document, act), places in groups.items()
    )


def _listed(places: Mapping[str, Iterable[str]]) -> str:
    return ", ".join(f"{place} {', '.join(ids)}" for place, ids in places.items())
