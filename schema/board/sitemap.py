"""The pages of the board: address, title, who may open it, and what makes its blocks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.kernel.access import Actor, Scope
from core.kernel.codes import Permission, RefusalCode
from schema.board.lists import appeals as lists
from schema.board.pages import (
    case,
    documents,
    figures,
    heat,
    incoming,
    indicators,
    journal,
    law,
    morning,
    municipal,
    obligations,
    operating,
    problems,
    ratings,
    requests,
)
from schema.board.saved import Failed, PageContext

PUBLIC = "public"
OPERATING = "ops"
HANDLING = (Permission.TAKE_IN, Permission.ROUTE, Permission.ANSWER)
Values = Mapping[str, Any]
Make = Callable[[PageContext, Mapping[str, str], str], Awaitable[Values]]


@dataclass(frozen=True, slots=True)
class Page:
    """`make` takes the context, the parameters of the address and what follows the page's path.

    `path` begins behind the region; `role` is one that may open it, `example` what `{}` in the
    path stands for in the demo. Without the permissions it `needs`, of `everywhere` for the whole
    region, it is not in the navigation. What is made may name another `template`. A page `of_rules`
    alone reads nothing of the database.
    """

    path: str
    title: str
    template: str
    role: str
    make: Make
    room: str = ""
    needs: tuple[Permission, ...] = ()
    example: str = ""
    of_rules: bool = False
    everywhere: bool = False

    def offered(self, actor: Actor) -> bool:
        """Whether it stands in the navigation of whoever is signed in."""
        return bool(self.room) and all(
            Scope() in actor.scopes(one) if self.everywhere else actor.may(one)
            for one in self.needs
        )

    @property
    def shown(self) -> str:
        """The path with its example, as somebody opens it."""
        head, gap, _ = self.path.partition("{")
        return head + self.example if gap else self.path


async def absent(_context: PageContext, _asked: Mapping[str, str], _rest: str) -> Values:
    """Of a page whose number is none: `site` has made it where there is one."""
    raise Failed(RefusalCode.NOT_FOUND, "Такого номера нет")


async def nothing(_context: PageContext, _asked: Mapping[str, str], _rest: str) -> Values:
    """Of a page that also takes a form: `site` makes it itself."""
    return {}


PAGES = (
    Page("", "Утро", "morning.html", "curator", morning.make, "Утро", (Permission.READ_APPEALS,)),
    Page(
        "my",
        "Мой список",
        "list.html",
        "coordinator",
        lists.mine,
        "Мой список",
        (Permission.READ_APPEALS,),
    ),
    Page(
        "appeals",
        "Обращения",
        "list.html",
        "curator",
        lists.every,
        "Обращения",
        (Permission.READ_APPEALS,),
    ),
    Page("appeals/{number}", "Обращение", "case.html", "curator", case.make, example="5"),
    Page("batches", "Шаги со многими", "batches.html", "body-official", lists.batches),
    Page("batches/{id}", "Шаг со многими", "batch.html", "body-official", absent, example="1"),
    Page("letters/{id}", "Ответ", "letter.html", "curator", absent, example="1"),
    Page(
        "intake",
        "Новое обращение",
        "intake.html",
        "coordinator",
        nothing,
        "Новое обращение",
        (Permission.TAKE_IN,),
    ),
    Page(
        incoming.PLACE,
        "Входящие письма",
        "incoming.html",
        "coordinator",
        incoming.every,
        incoming.ROOM,
        (Permission.TAKE_IN, Permission.READ_APPEALS),
    ),
    Page(
        "documents",
        "Документы",
        "documents.html",
        "curator",
        documents.every,
        documents.ROOM,
        (Permission.READ_DOCUMENTS,),
    ),
    Page("documents/{id}", "Документ", "document.html", "curator", documents.one, example="1"),
    Page(
        "obligations",
        "Обязанности",
        "obligations.html",
        "curator",
        obligations.make,
        obligations.ROOM,
        (Permission.READ_DOCUMENTS,),
    ),
    Page(
        "requests",
        "Запросы материалов",
        "requests.html",
        "curator",
        requests.make,
        requests.ROOM,
        (Permission.READ_APPEALS,),
    ),
    Page(
        "ratings",
        "Рейтинги",
        "ratings.html",
        "curator",
        ratings.every,
        ratings.ROOM,
        (Permission.READ_DIRECTORY,),
    ),
    Page("ratings/{rating}", "Рейтинг", "rating.html", "curator", ratings.one, example="federal"),
    Page(
        "municipal/{m}",
        "Муниципальное образование",
        "morning.html",
        "curator",
        municipal.make,
        example="1",
    ),
    Page("figures", "Счёт обращений", "figures.html", "curator", figures.make, "Счёт"),
    Page("map", "Тепловая карта", "map.html", "curator", heat.make, heat.ROOM),
    Page(
        "problems",
        "Проблемы",
        "problems.html",
        "curator",
        problems.every,
        problems.ROOM,
        (Permission.READ_APPEALS,),
    ),
    Page("problems/{id}", "Проблема", "problem.html", "curator", problems.one, example="1"),
    Page(
        "structure",
        "Структура",
        "structure.html",
        "curator",
        law.structure,
        "Структура",
        (Permission.READ_DIRECTORY,),
    ),
    Page(
        indicators.PLACE,
        "Показатели",
        "indicators.html",
        "curator",
        indicators.every,
        indicators.ROOM,
        (Permission.READ_APPEALS,),
    ),
    Page("law", "Право", "law.html", "curator", law.law, "Право", of_rules=True),
    Page(
        "journal",
        "Журнал",
        "journal.html",
        "curator",
        journal.make,
        journal.ROOM,
        (Permission.READ_JOURNAL,),
        everywhere=True,
    ),
    Page(
        OPERATING,
        "Работа системы",
        "ops.html",
        "administrator",
        operating.make,
        "Работа системы",
        (Permission.OPERATE,),
    ),
)


def rooms(pages: Iterable[Page], actor: Actor) -> list[tuple[str, str]]:
    """What stands in the navigation of whoever is signed in, in order."""
    return [(one.path, one.room) for one in pages if one.offered(actor)]


def beginning(actor: Actor) -> str:
    """The path where the day of whoever is signed in begins: for who reads no appeals, not there
    where all stands on them."""
    if actor.may(Permission.READ_APPEALS):
        return ""
    return OPERATING if actor.may(Permission.OPERATE) else rooms(PAGES, actor)[0][0]


def landing(actor: Actor) -> str:
    """Where whoever comes in is led: a clerk to the own list, a head to the morning."""
    handles = any(map(actor.may, HANDLING)) and not actor.may(Permission.PROLONG)
    return "my" if handles and actor.may(Permission.READ_APPEALS) else ""


def told() -> list[dict[str, str]]:
    """Every page as `tsur pages` says it: `{region}` is filled in by who asks.

    Pages of one thing stand with one that the demo of every region has.
    """
    own = [
        {"path": "/{region}/" + one.shown, "title": one.title, "role": one.role} for one in PAGES
    ]
    return [
        {"path": "/", "title": "Регионы", "role": PUBLIC},
        {"path": "/{region}/login", "title": "Вход", "role": PUBLIC},
        {"path": f"/{OPERATING}", "title": "Работа системы", "role": "administrator"},
        *own,
    ]


def page_of(path: str, pages: Sequence[Page] = PAGES) -> tuple[Page, str] | None:
    """The page at a path behind the region, and what stands for its `{}`; None where there is none.

    A number has no slash.
    """
    for page in pages:
        if "{" not in page.path:
            if page.path == path:
                return page, ""
            continue
        head = page.path.partition("{")[0]
        rest = path.removeprefix(head)
        if path.startswith(head) and rest and "/" not in rest:
            return page, rest
    return None
