"""HTML of a letter as text: what a person would see, without scripts, styles and hidden parts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

LONGEST = 3_000_000
"""Characters of HTML that are read."""

UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg"})
PARAGRAPHS = frozenset(
    {"p", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "dl"}
)
"""An empty line stands around them."""

BLOCKS = PARAGRAPHS | frozenset(
    {
        "div", "tr", "section", "article", "header", "footer", "address", "center", "form", "dt",
        "dd",
    }
)  # fmt: skip
EMPTY = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "source"}
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0]+")
_UNSEEN = re.compile("[\xad\u200b\u200c\u2060\ufeff]")
"""Signs without a width, and where a word may be broken: no reader sees them."""


def text_of(markup: str) -> str:
    """The lines of the document; those of a quotation begin with «>», as in plain text."""
    seen = _Seen()
    seen.feed(markup[:LONGEST])
    seen.close()
    return seen.text()


class _Seen(HTMLParser):
    """Gathers what is seen, a line after the other, each with how deep it is quoted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = []
        self.line: list[str] = []
        self.quoted = 0
        self.hidden: str | None = None
        self.depth = 0
        self.typed = 0

    def parse_html_declaration(self, i: int) -> int:
        """«<![anything» is no markup, as a reader sees it; the library gives up at it."""
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; what is not seen is left out to its end."""
        if self.hidden is not None:
            if self.hidden != "p" or tag not in BLOCKS:
                self.depth += tag == self.hidden
                return
            self.hidden = None  # nothing but words is in a paragraph: whatever begins has ended it
        said = dict(attrs)
        if tag in UNSEEN or (tag not in EMPTY and _HIDDEN.search(said.get("style") or "")):
            self.hidden, self.depth = tag, 1
        elif tag in ("br", "hr"):
            self._end_line(gap=not self.line)
        elif tag in BLOCKS:
            self._end_line(gap=tag in PARAGRAPHS)
            self.quoted += tag == "blockquote"
            self.typed += tag == "pre"
        elif tag == "li":
            self._end_line()
            self.line.append("- ")
        elif tag in ("td", "th"):
            self.line.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line."""
        if self.hidden is not None:
            self.depth -= tag == self.hidden
            if self.depth == 0:
                self.hidden = None
            return
        if tag in BLOCKS or tag == "li":
            self._end_line()
            self.quoted = max(self.quoted - (tag == "blockquote"), 0)
            self.typed = max(self.typed - (tag == "pre"), 0)
            self._end_line(gap=tag in PARAGRAPHS)

    def handle_data(self, data: str) -> None:
        """Words, with one space where there are several; typed lines end where they were ended."""
        if self.hidden is not None:
            return
        first, *more = data.split("\n") if self.typed else [data]
        self.line.append(_UNSEEN.sub("", first))
        for line in more:
            self._end_line(gap=not "".join(self.line).strip())
            self.line.append(_UNSEEN.sub("", line))

    def text(self) -> str:
        """All lines, no two empty ones after each other."""
        self._end_line()
        said = [f"{'>' * depth} {line}".strip() if depth else line for depth, line in self.lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(said)).strip()

    def _end_line(self, *, gap: bool = False) -> None:
        line = _SPACE.sub(" ", "".join(self.line)).strip()
        self.line = []
        if line:
            self.lines.append((self.quoted, line))
        if gap and self.lines and self.lines[-1][1]:
            self.lines.append((self.quoted, ""))
