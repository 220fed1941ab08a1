"""What a letter quotes, folded away: the earlier letter, its heading, a telephone's own signature.

Nothing is thrown away: what is folded is kept beside, and a letter that is all quotation stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_LINES = 20_000
LOOK_AHEAD = 8
LONGEST_LINE = 1_000
LONGEST_WRAPPED = 100
MOST_WRAPPED = 3

_DASHED = re.compile(
    r"\s*[-–—_*]{2,}\s*"
    r"(исходное сообщение|оригинальное сообщение|original message|пересылаемое сообщение"
    r"|пересланное сообщение|пересланное письмо|переадресованное сообщение|forwarded message"
    r"|конец пересылаемого сообщения|reply message|исходное письмо)"
    r"\s*[-–—_*]*\s*",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"\s*(исходное сообщение|original message|begin forwarded message"
    r"|начало переадресованного сообщения|начало переадресованного письма)\s*:?\s*",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\s*\*?(от|from|кому|to|копия|cc|отправлено|отправлен|sent|дата|date|тема|subject)\s*:\*?\s?",
    re.IGNORECASE,
)
_FIRST = frozenset({"от", "from"})
_WROTE = re.compile(
    r"(wrote|writes|написал|написала|написал\(а\)|пишет|писал\(а\)|<\s*[^<>\s]+@[^<>\s]+\s*>)\s*:\s*$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\s*вы (писали|написали|пишете)\b.*:\s*|.*\d\s+от\s.*[^<>\s]+@[^<>\s]+\s*:\s*", re.IGNORECASE
)
"""The Bat and the telephone of Mail.ru, which names an address without brackets."""

_WHEN = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b(19|20)\d\d\b")
_RULER = re.compile(r"\s*(—|[-_=]{2,})\s*")
_TELEPHONE = re.compile(
    r"\s*(отправлено (с|из) (моего |мобильн|iphone|ipad|android|samsung|xiaomi|huawei|honor|телефон"
    r"|устройств|яндекс|почты|mail\.ru|приложени|outlook)"
    r"|отправлено с помощью|sent from (my|mail|outlook|yahoo|the)|sent with|get outlook for"
    r"|получить outlook для|скачать outlook|получите outlook).{0,120}",
    re.IGNORECASE,
)


def fold(text: str) -> tuple[str, str]:
    """What was written anew, and what is quoted or added by a program."""
    lines = [line.rstrip() for line in text.split("\n", MOST_LINES)]
    cut = next((i for i in range(len(lines)) if _begins(lines, i)), len(lines))
    cut, end = _above(lines, cut), _heading(lines, cut)
    own: list[str] = []
    quoted: list[str] = []
    for number, line in enumerate(lines):
        folded = cut <= number < end or line.lstrip().startswith(">")
        (quoted if folded else own).append(line)
    own, signed = _without_telephone(own)
    quoted = [*signed, *quoted]
    said = _joined(own)
    return (said, _joined(quoted)) if said else (_joined(lines), "")


def _begins(lines: Sequence[str], number: int) -> bool:
    """Whether the earlier letter begins with this line."""
    line = lines[number][:LONGEST_LINE]
    if not line.strip():
        return False
    if _DASHED.fullmatch(line) or _PLAIN.fullmatch(line):
        return True
    return _heads(lines, number) or _attributes(lines, number)


def _heading(lines: Sequence[str], cut: int) -> int:
    """Where the earlier letter ends: at the end, unless each line of it is marked as quoted.

    Who answers below a quotation has marked it.
    """
    for number in range(cut, min(cut + 4, len(lines))):
        if lines[number].lstrip().startswith(">"):
            return number
    return len(lines)


def _heads(lines: Sequence[str], number: int) -> bool:
    """Outlook's block: «От:», and two more fields below it, under a line or by itself."""
    first = _FIELD.match(lines[number][:LONGEST_LINE])
    if first is None or first[1].lower() not in _FIRST:
        return False
    below = [one[:LONGEST_LINE] for one in lines[number + 1 : number + 1 + LOOK_AHEAD]]
    named = {match[1].lower() for match in map(_FIELD.match, below) if match}
    return len(named - _FIRST) >= 2


def _attributes(lines: Sequence[str], number: int) -> bool:
    """«2 марта 2026 г., в 14:05, ЦУР <...> написал(а):» above a quotation, wrapped or not."""
    first, *rest = (line[:LONGEST_LINE] for line in lines[number : number + MOST_WRAPPED])
    if not _WHEN.search(first):
        return False
    if _WROTE.search(first) or _TOLD.fullmatch(first):
        return True
    said = first
    for line in rest:
        if not line.strip() or len(line) > LONGEST_WRAPPED or _WHEN.search(line):
            return False
        said = f"{said} {line}"
        if _WROTE.search(said):
            return True
    return False


def _above(lines: Sequence[str], cut: int) -> int:
    """Where the heading begins: Yandex on a telephone puts fields of it under a ruler above."""
    number = cut
    while number and _FIELD.match(lines[number - 1][:LONGEST_LINE]):
        number -= 1
    return number - 1 if 0 < number < cut and _RULER.fullmatch(lines[number - 1]) else cut


def _without_telephone(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines without what a program signs at their end; and that."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _RULER.fullmatch(lines[end - 1])):
        end -= 1
    if end and _TELEPHONE.fullmatch(lines[end - 1]):
        return lines[: end - 1], lines[end - 1 : end]
    return lines, []


def _joined(lines: Sequence[str]) -> str:
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return re.sub(r"\n+(--|—|_{5,})\s*$", "", text).strip()
