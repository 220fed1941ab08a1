"""The heat map as a picture: municipalities in five steps, each by its colour and its pattern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

from core.kernel.rules.passport import Municipality
from core.law.russian import Code, plural
from core.problems.borders import WIDTH, Shapes, line_of, projection, rings_of, tiles

Spot = tuple[str | None, int, int]
"""Of a cell: its municipality, how many cases, and the step of what is unexpected."""

STEPS = 5
MARGIN = 6
SOURCE = "© участники OpenStreetMap, ODbL"
PATTERNS = (
    '<defs><pattern id="p0" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect class="f0" width="8" height="8"/><circle class="i" cx="4" cy="4" r="1"/></pattern>'
    '<pattern id="p2" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect class="f2" width="8" height="8"/><line class="i" x1="0" y1="4" x2="8" y2="4"/></pattern>'
    '<pattern id="p3" width="9" height="9" patternUnits="userSpaceOnUse">'
    '<rect class="f3" width="9" height="9"/><circle class="i" cx="4" cy="4" r="1.6"/></pattern>'
    '<pattern id="p4" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="f4" width="6" height="6"/>'
    '<line class="i" x1="0" y1="0" x2="0" y2="6"/></pattern>'
    '<pattern id="p5" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="f5" width="7" height="7"/><path class="w" d="M0 0L7 7M7 0L0 7"/></pattern></defs>'
)
STYLE = (
    "<style>path{stroke:#fff;stroke-width:1.4}.comb{stroke:#5b6b80;stroke-width:1}.h0{fill:url(#p0)}.h1{fill:#f1f5fb}.h2{fill:url(#p2)}"
    ".f2{fill:#cfe0f5}.h3{fill:url(#p3)}.h4{fill:url(#p4)}.h5{fill:url(#p5)}.f0{fill:#fff}.f3{fill:#f0c987}"
    ".f4{fill:#e58a45}.f5{fill:#b83a23}.i{fill:#16202e;stroke:#16202e;stroke-width:1;opacity:.5}"
    ".w{fill:none;stroke:#fff;opacity:.6}text{font:16px sans-serif;fill:#16202e}</style>"
)
"""Of a picture that stands alone; on a page the style sheet says the same."""


class Look(Code):
    """What is looked at on the map."""

    MANY = "many", "сколько"
    UNEXPECTED = "unexpected", "неожиданно много"


HIDDEN = "меньше десяти, не показывается"
WORDS = (
    "сказать нельзя: мало случаев или не с чем сравнить",
    "меньше ожидаемого",
    "как ожидалось",
    "больше, но в пределах случайного",
    "неожиданно много",
    "неожиданно много, вне сомнений",
)
"""Of the steps of what is unexpected, from none."""


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality on the map: all cases in it, its step of 0..5, and the step in words.

    Cases are None where they may not be told.
    """

    municipality: Municipality
    cases: int | None
    step: int
    words: str

    @property
    def text(self) -> str:
        """What is said of it."""
        told = self.words if self.cases is None else _said(self.cases, self.words)
        return f"{self.municipality.name}: {told}"


class Hexagon(NamedTuple):
    """A hexagon on the map: latitude and longitude of its corners, all cases in it, its step."""

    corners: Sequence[tuple[float, float]]
    cases: int
    step: int


def stood(places: Sequence[Municipality], spots: Iterable[Spot], look: Look) -> list[Place]:
    """Every municipality by its cells: how many in all, or the cell that surprises most."""
    many = {place.key: 0 for place in places}
    most = {place.key: 0 for place in places}
    for key, cases, step in spots:
        if key is not None and key in many:
            many[key] += cases
            most[key] = max(most[key], step)
    if look is Look.UNEXPECTED:
        return [Place(one, many[one.key], most[one.key], WORDS[most[one.key]]) for one in places]
    bounds = bounds_of(many.values())
    words = legend(bounds)
    steps = {key: step_of(count, bounds) for key, count in many.items()}
    return [Place(one, many[one.key], steps[one.key], words[steps[one.key]]) for one in places]


def stood_open(places: Sequence[Municipality], told: Mapping[str, int | None]) -> list[Place]:
    """Every municipality by a published count, None where it is hidden."""
    bounds = bounds_of(count for count in told.values() if count)
    words = [HIDDEN, *legend(bounds)[1:]]
    steps = {one.key: step_of(told.get(one.key) or 0, bounds) for one in places}
    return [Place(one, told.get(one.key), steps[one.key], words[steps[one.key]]) for one in places]


def bounds_of(counts: Iterable[int]) -> tuple[int, ...]:
    """The least count of each of at most five steps, so that each has about as many places."""
    some = sorted(count for count in counts if count)
    return tuple(sorted({some[len(some) * step // STEPS] for step in range(STEPS)} if some else ()))


def step_of(count: int, bounds: Sequence[int]) -> int:
    """The step of a count: 0 for none, else how many of the bounds it has reached."""
    return sum(count >= bound for bound in bounds) if count else 0


def legend(bounds: Sequence[int]) -> list[str]:
    """The steps of how many, in words, from none."""
    between = [
        f"от {low} до {high - 1}" if high - 1 > low else f"{low}" for low, high in pairwise(bounds)
    ]
    return ["ни одного", *between, *(f"{low} и больше" for low in bounds[-1:])]


def drawn(
    title: str,
    shown: Sequence[Place],
    borders: Shapes | None,
    *,
    links: Mapping[str, str] | None = None,
    whole: bool = False,
) -> str:
    """The map as SVG: of a page, with an address behind municipalities, or a `whole` file."""
    shapes = borders or tiles([one.municipality for one in shown])
    height = max((one.bottom for one in shapes.values()), default=0)
    lines = {key: one.line for key, one in shapes.items()}
    paths = [_path(one, lines.get(one.municipality.key, ""), links) for one in shown]
    return _picture(title, paths, height, source=borders is not None, whole=whole)


def drawn_hexagons(
    title: str,
    cells: Sequence[Hexagon],
    features: Iterable[Mapping[str, Any]] | None,
    look: Look,
    *,
    whole: bool = False,
) -> str:
    """The hexagons of a map over the borders of municipalities, where those are known."""
    rings = [ring for one in features or () for ring in rings_of(one)]
    corners = [[(x, y) for y, x in one.corners] for one in cells]
    points = [point for ring in (*rings, *corners) for point in ring]
    if not points:
        return _picture(title, (), 0, source=False, whole=whole)
    to = projection(points)
    bounds = bounds_of(one.cases for one in cells)
    words = WORDS if look is Look.UNEXPECTED else legend(bounds)
    parts = [_line([to.at(*point) for point in ring]) for ring in rings]
    for one, ring in zip(cells, corners, strict=True):
        step = one.step if look is Look.UNEXPECTED else step_of(one.cases, bounds)
        text = _said(one.cases, words[step])
        parts.append(_shape(line_of([[to.at(*point) for point in ring]]), step, text, " comb"))
    height = max(to.at(*point)[1] for point in points)
    return _picture(title, parts, height, source=bool(rings), whole=whole)


def _line(ring: Iterable[tuple[float, float]]) -> str:
    points = " ".join(f"{x:.0f},{y:.0f}" for x, y in ring)
    return f'<polygon points="{points}" fill="none" stroke="#7a8699"/>'


def _picture(title: str, parts: Iterable[str], height: float, *, source: bool, whole: bool) -> str:
    """The whole picture of its shapes; with where borders are from, where there are any."""
    space = f"{-MARGIN} {-MARGIN} {WIDTH + 2 * MARGIN} {height + 4 * MARGIN + 16:.0f}"
    head = f'viewBox="{space}" role="group" aria-labelledby="mt"'
    if whole:
        head = f'xmlns="http://www.w3.org/2000/svg" {head}'
    start = f'<svg class="map picture" {head}><title id="mt">{escape(title)}</title>{PATTERNS}'
    end = f'<text class="axis" x="0" y="{height + 3 * MARGIN + 4:.0f}">{SOURCE}</text>'
    return "".join([start, STYLE if whole else "", *parts, end if source else "", "</svg>"])


def _path(one: Place, line: str, links: Mapping[str, str] | None) -> str:
    path = _shape(line, one.step, one.text)
    link = (links or {}).get(one.municipality.key)
    return path if link is None else f'<a href="{escape(link)}">{path}</a>'


def _shape(line: str, step: int, text: str, kind: str = "") -> str:
    return f'<path d="{line}" class="h{step}{kind}"><title>{escape(text)}</title></path>'


def _said(cases: int, words: str) -> str:
    return f"{cases} {plural(cases, 'обращение', 'обращения', 'обращений')}, {words}"
