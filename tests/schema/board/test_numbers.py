"""The six numbers of the morning: each names one base with its figure, both open their cases."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

from core.appeals.figures.subject import APPEALS
from core.kernel.access import system
from core.shapes.figures.folding import fold
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_moved import queued
from tests.schema.board.test_pages import taken

NUMBER = re.compile(
    r'quiet">(?P<name>[^<]+)</span><b><a href="/polygon/(?P<link>[^"]+)">(?P<shown>[^<]+)</a></b>'
    r'<span class="why (?P<mood>[^"]+)">(?P<base>[^<]+) '
    r'<a href="/polygon/(?P<past>[^"]+)">(?P<than>[^<]+)</a></span>'
    r'<span class="small quiet">(?P<cause>[^<]+?)'
    r'(?: <a href="/polygon/(?P<part>[^"]+)">(?P<many>[^<]+)</a>)?</span>'
)


async def told(visitor: Visitor) -> list[tuple[str, ...]]:
    """Name, number, mood, base with its figure and cause of each; what it opens is as many."""
    found = [*NUMBER.finditer((await visitor.get()).text)]
    for one in found:
        pairs = (("link", "shown"), ("past", "than"), ("part", "many"))
        for link, shown in ((one[to], one[said]) for to, said in pairs if one[to]):
            listed = (await visitor.http.get(f"/polygon/{unescape(link)}")).text
            (total,) = re.findall(r">(\d+)</a> · на ", listed)
            assert not shown.isdigit() or shown == total, link
    names = ("name", "shown", "mood", "base", "than", "cause", "many")
    return [tuple(one[name] or "" for name in names) for one in found]


async def test_each_number_has_a_base_with_its_figure_and_a_cause(
    visitor: Visitor, clock: FrozenClock
) -> None:
    first = await taken(visitor.region, 1)
    clock.forward(days=2)
    await taken(visitor.region, 2, theme="health")
    await queued(visitor, 3)
    assert first.due_at is not None
    clock.moment = first.due_at + timedelta(hours=1)
    await taken(visitor.region, 4)
    async with visitor.region.work(system()) as work:
        await fold(work, APPEALS)
    await visitor.enter("curator")
    week, month = "+1, за прошлые 7 дней", "за те же дни марта"
    early, many = ("больше всего: дороги,", "1"), "пяти ответов нет ни у кого"
    assert await told(visitor) == [
        ("Просрочено", "1", "bad up", "новых за сутки", "1", *early),
        ("Срок по 08.04.2026", "2", "bad up", week, "1", "из них ещё не закончено", "2"),
        ("Поступило сегодня", "1", "bad up", "+1, вчера к этому часу", "0", *early),
        ("Ждут координатора", "1", "bad same", "старше суток", "1", "ещё никому не направлено", ""),
        ("Медиана ответа", "—", "same", month, "—", many, ""),
        ("Отвечено за апрель", "0", "same", f"столько же, {month}", "0", "ответов ещё нет", ""),
    ]
    clock.forward(days=2)
    await visitor.enter("curator")
    late = (
        "Просрочено",
        "3",
        "bad up",
        "новых за сутки",
        "2",
        "больше всего: здравоохранение,",
        "1",
    )
    assert (await told(visitor))[0] == late
