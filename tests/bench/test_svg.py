from __future__ import annotations

from xml.etree import ElementTree

from bench.svg import picture

SVG = "{http://www.w3.org/2000/svg}"
SIZES = (10_000, 100_000, 1_000_000)


def drawn(lines: dict[str, list[float]], title: str = "Cost") -> ElementTree.Element:
    return ElementTree.fromstring(picture(title, SIZES, lines))


def points(root: ElementTree.Element) -> list[list[tuple[float, float]]]:
    found = (line.attrib["points"].split() for line in root.iter(f"{SVG}polyline"))
    return [[(float(x), float(y)) for x, y in (p.split(",") for p in line)] for line in found]


def test_sizes_lie_on_a_logarithmic_axis() -> None:
    ((first, second, third),) = points(drawn({"page": [1.0, 1.0, 1.0]}))

    assert (first[0], third[0]) == (60.0, 530.0)
    assert second[0] == (first[0] + third[0]) / 2


def test_equal_costs_are_a_level_line_and_higher_ones_lie_higher() -> None:
    level, rising = points(drawn({"lookup": [1.0, 1.0, 1.0], "counts": [1.0, 2.0, 4.0]}))

    assert len({y for _, y in level}) == 1
    assert rising[0][1] == level[0][1]
    assert rising[0][1] > rising[1][1] > rising[2][1]


def test_every_line_is_named_with_its_last_cost() -> None:
    texts = [text.text for text in drawn({"page": [1.0, 1.1, 1.26]}).iter(f"{SVG}text")]

    assert "page 1.26×" in texts
    assert "1,000,000" in texts
    assert "appeals in the database" in texts


def test_a_title_cannot_break_the_picture() -> None:
    root = drawn({"page": [1.0, 1.0, 1.0]}, title="a < b & c")

    assert root.findtext(f"{SVG}title") == "a < b & c"
