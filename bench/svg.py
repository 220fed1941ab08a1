"""A picture of cost against size, in SVG: lines over a logarithmic axis, nothing to install."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 60, 190, 60, 50
COLOURS = ("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#d68910", "#34495e")
FONT = 'font-family="sans-serif" font-size="13" fill="#333"'


def picture(title: str, sizes: Sequence[int], lines: Mapping[str, Sequence[float]]) -> str:
    """The costs of each line at these sizes, relative to the first of them, as an SVG document."""
    top = max(2.0, *(value for line in lines.values() for value in line)) * 1.1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        _text(LEFT, 28, title),
        *_axes(sizes, top),
    ]
    for number, (name, values) in enumerate(lines.items()):
        parts += _line(number, name, sizes, values, top)
    return "\n".join([*parts, "</svg>", ""])


def _axes(sizes: Sequence[int], top: float) -> list[str]:
    base = HEIGHT - BOTTOM
    parts = []
    for size in sizes:
        x = _x(size, sizes)
        parts += [_rule(x, TOP, x, base), _text(x, base + 20, f"{size:,}", "middle")]
    for step in _steps(top):
        y = _y(step, top)
        parts += [_rule(LEFT, y, WIDTH - RIGHT, y), _text(LEFT - 8, y + 4, f"{step:g}×", "end")]
    middle = (LEFT + WIDTH - RIGHT) / 2
    return [*parts, _text(middle, HEIGHT - 10, "appeals in the database", "middle")]


def _line(
    number: int, name: str, sizes: Sequence[int], values: Sequence[float], top: float
) -> list[str]:
    colour = COLOURS[number % len(COLOURS)]
    places = [(_x(size, sizes), _y(value, top)) for size, value in zip(sizes, values, strict=True)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    legend = TOP + 22 * number
    edge = WIDTH - RIGHT + 16
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places),
        f'<rect x="{edge}" y="{legend - 8}" width="12" height="4" fill="{colour}"/>',
        _text(edge + 18, legend, f"{name} {values[-1]:.2f}×"),
    ]


def _x(size: int, sizes: Sequence[int]) -> float:
    low, high = math.log(sizes[0]), math.log(sizes[-1])
    share = (math.log(size) - low) / (high - low) if high > low else 0.0
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)


def _steps(top: float) -> list[float]:
    """Round values from zero to the top, five or so of them."""
    power = 10 ** math.floor(math.log10(top))
    step = next(s * power for s in (0.1, 0.2, 0.5, 1, 2) if top / (s * power) <= 6)
    return [round(step * number, 6) for number in range(int(top / step) + 1)]


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#e3e3e3"/>'


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"<text {place} {FONT}>{escape(text)}</text>"
