"""What a region's layers add to the board: pages, cards under its pages, words, a colour.

A folder that a chapter names by `boards` holds `board.toml`, templates and saved operations. Every
block asks one of these by the rights of its reader, as the board's own do; a template finds what
was answered in `found`, by the operation's name. Whatever is wrong is a LawError with the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from graphql import GraphQLError, OperationDefinitionNode, TypeNode, parse
from graphql.language import NamedTypeNode

from core.kernel.codes import Permission
from core.law.fault import LawError
from core.law.russian import hint
from core.law.values import blanks, fits_hint, misfits, said, shown
from schema.board import accent, sitemap
from schema.board.saved import HOME, PageContext
from schema.board.sitemap import PAGES, Page

FILE, FIRST = "board.toml", "/"
ROWS, NAMES = list[dict], dict  # type: ignore[type-arg]
TABLES = {"words": NAMES, "pages": ROWS, "cards": ROWS, "accent": NAMES, "places": NAMES}
HOMELESS = frozenset({"dealings"})
"""Places of things to which the board itself gives no page."""

TEMPLATES = Path(__file__).with_name("templates")
Table = TypeVar("Table")


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page as `board.toml` has it: `needs` is a permission, `role` one that may open it.

    The address may have the variables of its operations, which all are texts that may be left out.
    """

    path: str
    title: str
    template: str
    operations: tuple[str, ...]
    role: str
    needs: str


@dataclass(frozen=True, slots=True)
class OwnCard:
    """What stands under the blocks of a page of the board, for whoever has the permission it needs.

    Its operations have no variables.
    """

    page: str
    template: str
    operations: tuple[str, ...]
    needs: str


@dataclass(frozen=True, slots=True)
class Added:
    """All that the layers of a region add: `words` are what rooms are called, by their paths,
    `accent` the colours by schemes, if it has its own, `places` the pages of things to which the
    board itself gives none."""

    pages: tuple[OwnPage, ...]
    cards: tuple[OwnCard, ...]
    words: Mapping[str, str]
    accent: Mapping[str, str]
    operations: Mapping[str, str]
    places: Mapping[str, str]

    def variables(self, path: str) -> frozenset[str] | None:
        """What the address of an own page may carry; None of a page that is none of these."""
        for page in self.pages:
            if page.path == path:
                texts = (self.operations[name] for name in page.operations)
                return frozenset(chain.from_iterable(map(variables_in, texts)))
        return None


@cache
def added(folders: tuple[Path, ...]) -> Added:
    """What lies in these folders, in their order; read once."""
    several = [_read(folder) for folder in folders]
    return Added(
        tuple(page for one in several for page in one.pages),
        tuple(card for one in several for card in one.cards),
        {path: word for one in several for path, word in one.words.items()},
        {scheme: colour for one in several for scheme, colour in one.accent.items()},
        {name: text for one in several for name, text in one.operations.items()},
        {place: path for one in several for place, path in one.places.items()},
    )


@cache
def pages_of(folders: tuple[Path, ...]) -> tuple[Page, ...]:
    """Every page of a region's board, in the order of the navigation, as it calls them."""
    found = added(folders)
    own = [_page(one, found) for one in found.pages]
    return tuple(_called(page, found.words) for page in (*PAGES, *own))


def called(folders: tuple[Path, ...], room: str) -> str:
    """What the region calls a room of the board."""
    words = added(folders).words
    return next((words.get(_key(one.path), room) for one in PAGES if one.room == room), room)


def told(regions: Mapping[str, tuple[Path, ...]]) -> list[dict[str, str]]:
    """Every page as `tsur pages` says it; those that a region adds, by the region's own address."""
    own = [
        {"path": f"/{code}/{one.path}", "title": one.title, "role": one.role}
        for code, folders in regions.items()
        for one in added(folders).pages
    ]
    return [*sitemap.told(), *own]


async def cards_of(context: PageContext, path: str) -> list[Mapping[str, Any]]:
    """The cards under a page, with what their operations answered."""
    made = list[Mapping[str, Any]]()
    for card in added(context.region.boards).cards:
        if card.page == _key(path) and context.actor.may(Permission[card.needs]):
            found = {name: await context.ask(name) for name in card.operations}
            made.append({"template": card.template, "found": found})
    return made


@cache
def variables_in(text: str) -> Mapping[str, TypeNode]:
    """The variables of the operation that a saved text holds, with their types."""
    (operation,) = (
        node for node in parse(text).definitions if isinstance(node, OperationDefinitionNode)
    )
    return {one.variable.name.value: one.type for one in operation.variable_definitions or ()}


async def _made(
    found: Added, names: Sequence[str], context: PageContext, asked: Mapping[str, str], _rest: str
) -> Mapping[str, Any]:
    told = {}
    for name in names:
        wanted = variables_in(found.operations[name])
        told[name] = await context.ask(name, **{k: v for k, v in asked.items() if k in wanted})
    return {"found": told}


def _page(one: OwnPage, found: Added) -> Page:
    make = partial(_made, found, one.operations)
    needs = (Permission[one.needs],)
    return Page(one.path, one.title, one.template, one.role, make, one.title, needs)


def _key(path: str) -> str:
    """How `board.toml` names a page of the board: the first one has no path."""
    return path or FIRST


def _called(page: Page, words: Mapping[str, str]) -> Page:
    word = words.get(_key(page.path))
    return page if word is None else replace(page, title=word, room=page.room and word)


def _read(folder: Path) -> Added:
    file = folder / FILE
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise LawError(f"не читается: {error}", str(file)) from error
    try:
        return _checked(folder, data)
    except LawError as fault:
        raise fault.at(str(file)) from None


def _checked(folder: Path, data: Mapping[str, Any]) -> Added:
    for name, value in data.items():
        if name not in TABLES:
            raise LawError(f"такой таблицы нет: {name}{hint(name, TABLES)}")
        if not fits_hint(TABLES[name], value):
            raise LawError(f"{name}: нужно {said(TABLES[name])}, дано {shown(value)}")
    operations = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.graphql"))}
    for fault in chain.from_iterable(_of_operation(*one) for one in operations.items()):
        raise LawError(fault)
    found = Added(
        tuple(_table(OwnPage, "pages", one) for one in data.get("pages", ())),
        tuple(_table(OwnCard, "cards", one) for one in data.get("cards", ())),
        data.get("words", {}),
        data.get("accent", {}),
        operations,
        data.get("places", {}),
    )
    of_accent = accent.faults(found.accent) if found.accent else ()
    of_names = chain(_of_words(found), _of_places(found), of_accent)
    for fault in chain(_of_pages(found), _of_blocks(found, folder), of_names):
        raise LawError(fault)
    return found


def _table(kind: type[Table], name: str, given: Mapping[str, Any]) -> Table:
    known = frozenset(kind.__annotations__)
    for key in given.keys() - known:
        raise LawError(f"{name}: ключа «{key}» нет{hint(key, known)}")
    for key in sorted(known - given.keys()):
        raise LawError(f"{name}: нет ключа «{key}»")
    made = kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in given.items()})
    for fault in chain(misfits(made), blanks(made)):
        raise LawError(f"{name}: {fault}")
    return made


def _of_operation(name: str, text: str) -> Iterator[str]:
    """What a saved operation of a region may not be."""
    if (HOME / f"{name}.graphql").is_file():
        yield f"запрос {name} у доски уже есть: назовите свой иначе"
    if not text.startswith("# "):
        yield f"запрос {name}: первой строкой скажите после «# », для чего он"
    try:
        given = variables_in(text)
    except (GraphQLError, ValueError) as error:
        yield f"запрос {name} не читается: {str(error).splitlines()[0]}"
        return
    for variable, kind in given.items():
        if not isinstance(kind, NamedTypeNode) or kind.name.value in ("Int", "Float", "Boolean"):
            yield f"запрос {name}: переменная ${variable} не текст, который можно не указать"


def _of_pages(found: Added) -> Iterator[str]:
    taken = {_key(one.path) for one in PAGES}
    for one in found.pages:
        if one.path in taken or "/" in one.path or "{" in one.path:
            yield f"страница «{one.path}»: адрес занят или не одно слово"
        taken.add(one.path)
    for card in found.cards:
        if card.page not in taken:
            yield f"карточка {card.template}: страницы «{card.page}» нет{hint(card.page, taken)}"


def _of_blocks(found: Added, folder: Path) -> Iterator[str]:
    """Pages and cards, and the files and the permission that they name."""
    pages = [(one.template, one.operations, one.needs, False) for one in found.pages]
    cards = [(one.template, one.operations, one.needs, True) for one in found.cards]
    for template, operations, needs, fixed in (*pages, *cards):
        if needs not in Permission.__members__:
            yield f"{template}: права {needs} нет{hint(needs, Permission.__members__)}"
        if not (folder / template).is_file() or (TEMPLATES / template).is_file():
            yield f"шаблона {template} рядом нет, или так назван шаблон доски"
        for name in operations:
            if name not in found.operations:
                yield f"{template}: запроса {name} рядом нет{hint(name, found.operations)}"
            elif fixed and variables_in(found.operations[name]):
                yield f"карточка {template}: у запроса {name} есть переменные"


def _of_words(found: Added) -> Iterator[str]:
    rooms = {_key(one.path) for one in PAGES if one.room}
    for path, word in found.words.items():
        if path not in rooms:
            yield f"words: раздела «{path}» нет{hint(path, rooms)}"
        if not isinstance(word, str) or not word.strip():
            yield f"words: «{path}»: нужен непустой текст"


def _of_places(found: Added) -> Iterator[str]:
    paths = {one.path for one in found.pages}
    for place, path in found.places.items():
        if place not in HOMELESS:
            yield f"places: «{place}» нет{hint(place, HOMELESS)}"
        if path not in paths:
            yield f"places: своей страницы «{path}» нет{hint(str(path), paths)}"
