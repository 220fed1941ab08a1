"""An act of law and its clauses: the ground on which every rule stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from core.law.actfile import ActFile
from core.law.citing import PIN, Document, document_of, pin
from core.law.fault import LawError
from core.law.russian import hint

Day = date
"""A local date; acts and editions have a field of the type's own name."""

SOFTWARE = ("rule", "workflow", "data", "report", "none")
SAID = ("id", "number", "quote")
"""What no clause is without."""

LISTS = ("related", "lacks", "supersedes", "amended", "served_by")


class UnknownClause(LawError, LookupError):
    """A rule cites a clause that its act does not have: the import stops."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of an act, with its literal words.

    `number` is printed as in the act, `quote` is literal, `says` is its English sense.
    `software` is what the product does with it: rule, workflow, data, report or none.
    `document` is how the document is cited in which it stands, `{pin}` for the place in it.
    `lacks` are those of `related` whose present wording it does not have, though the act knew it.
    `undated` where nothing that was read says since when the act has it.
    `served_by` are the use cases (`satisfaction.answer_survey`) that carry it out, by the words of
    its act's file; that each exists is asked by `core.kernel.serves.unknown_services`.
    """

    judged_apart: ClassVar[bool] = True

    act: str
    id: str
    number: str
    quote: str
    says: str
    area: str
    software: str
    why: str | None = None
    varies: str | None = None
    related: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    introduced: date | None = None
    amended: tuple[date, ...] = ()
    repealed: date | None = None
    short_act: str = ""
    served_by: tuple[str, ...] = ()
    document: str = ""
    undated: bool = False

    @property
    def ref(self) -> str:
        """The id used everywhere outside the act: `ru.1844/10.в`."""
        return f"{self.act}/{self.id}"

    def holds(self, on: date) -> bool:
        """Whether the act has the clause on this local date."""
        return (self.introduced or date.min) <= on < (self.repealed or date.max)

    @property
    def title(self) -> str:
        """What a lawyer writes: «подп. «г» п. 10 Правил № 1844», by the document it stands in."""
        if not self.document:
            return f"{self.short_act}, {self.number}"
        return self.document.replace(PIN, pin(self.number))


@dataclass(frozen=True, slots=True)
class Edition:
    """A dated wording of an act and the act that amended it."""

    date: date
    act: str


@dataclass(frozen=True, slots=True)
class Act:
    """A legal act. `registered` is False for what was not checked against the register.

    `documents` are what it is made of, in the order in which a clause is looked for in them;
    `in_force` is its first day where that is not the day of its adoption. `regional` are the
    beginnings of the ids, up to the first dot, of what an act of a region may take up (none: all).
    """

    judged_apart: ClassVar[bool] = True

    id: str
    title: str
    short: str
    adopted: str
    number: str
    date: date
    editions: tuple[Edition, ...]
    registered: bool
    note: str | None = None
    clauses: Mapping[str, Clause] = field(default_factory=dict, repr=False, hash=False)
    documents: tuple[Document, ...] = ()
    in_force: Day | None = None
    regional: tuple[str, ...] = ()

    def edition(self, on: Day) -> Edition | None:
        """The wording in force on a local date; None while it stood as adopted or not at all."""
        return max(
            (edition for edition in self.editions if edition.date <= on),
            key=lambda edition: edition.date,
            default=None,
        )

    def for_regions(self, clause: Clause) -> bool:
        """Whether an act of a region may take up what the clause says."""
        return not self.regional or clause.id.partition(".")[0] in self.regional

    def cite(self, clause_id: str) -> Clause:
        """The clause with this id (without the act's name); UnknownClause when there is none."""
        try:
            return self.clauses[clause_id]
        except KeyError:
            alike = hint(clause_id, self.clauses, "похожая")
            text = f"в акте {self.id} нет нормы «{clause_id}»{alike}"
            raise UnknownClause(text) from None

    @classmethod
    def load(cls, path: Path) -> Act:
        """Read an act from its data file; the file lies beside the layer that enforces it.

        LawError names the line of what is missing, unknown, of a wrong type or there twice.
        """
        file = ActFile.read(path)
        editions = file.head.get("editions")
        if not isinstance(editions, list):
            raise file.refuse("нужен список editions, хотя бы пустой")
        made = tuple(file.make(Edition, edition) for edition in editions)
        regional = file.head.get("regional", ())
        act = file.make(
            cls,
            {
                **file.head,
                "editions": made,
                "documents": _documents(file),
                "regional": tuple(regional) if isinstance(regional, list) else regional,
            },
        )
        clauses: dict[str, Clause] = {}
        for number, entry in enumerate(file.entries):
            clause = _clause(file, act, entry, file.line(number))
            if clause.id in clauses:
                raise file.refuse(f"норма «{clause.id}» записана дважды", file.line(number))
            clauses[clause.id] = clause
        return replace(act, clauses=clauses)


def _clause(file: ActFile, act: Act, entry: Mapping[str, Any], line: int) -> Clause:
    lists = {
        name: tuple(value) if isinstance(value := entry[name], list) else value
        for name in LISTS
        if name in entry
    }
    document = document_of(act.documents, str(entry.get("id", "")))
    given = {"act": act.id, "short_act": act.short, "document": document}
    clause = file.make(Clause, {**entry, **lists, **given}, line)
    if clause.software not in SOFTWARE:
        alike = hint(clause.software, SOFTWARE)
        raise file.refuse(f"поле software: нет значения «{clause.software}»{alike}", line)
    for name in SAID:
        if not getattr(clause, name).strip():
            raise file.refuse(f"норма «{clause.id}»: поле {name}: пусто", line)
    return clause


def _documents(file: ActFile) -> tuple[Document, ...]:
    given = file.head.get("documents", [])
    if not isinstance(given, list):
        raise file.refuse("documents — список документов, из которых состоит акт")
    made = tuple(
        file.make(
            Document, {**one, "of": tuple(one.get("of", ()))} if isinstance(one, dict) else {}
        )
        for one in given
    )
    for one in made:
        if PIN not in one.cite:
            raise file.refuse(f"в ссылке на документ «{one.cite}» нет места нормы {PIN}")
    return made


def act_beside(file: str | Path) -> Act:
    """The act in `act.toml` beside a file, read once: chapters say `ACT = act_beside(__file__)`."""
    return _read_once(Path(file).with_name("act.toml"))


@cache
def _read_once(path: Path) -> Act:
    return Act.load(path)
