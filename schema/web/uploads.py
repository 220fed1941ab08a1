"""A form with a file, as a page without scripts sends it: its fields, then the file as it streams.

The bytes are told apart by python-multipart; what they come to is bounded here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import readable
from schema.web.forms import FIELDS, LARGEST

MEDIA = b"multipart/form-data"
MULTIPART = "multipart/"


def is_multipart(request: Request) -> bool:
    """Whether the body says itself that it is of several parts; such words know no capitals."""
    return request.headers.get("content-type", "").strip().lower().startswith(MULTIPART)


@dataclass(slots=True)
class _Parts:
    """What the parser has told so far."""

    fields: dict[str, bytearray] = field(default_factory=dict)
    file: str | None = None
    parts: list[bytes] = field(default_factory=list)
    ended: bool = False
    more: bool = False
    _header: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _said: str = ""
    _name: str | None = None

    def callbacks(self) -> Any:
        return {
            "on_part_begin": self._begun,
            "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._headed,
            "on_headers_finished": self._opened,
            "on_part_data": self._told,
            "on_part_end": self._closed,
        }

    def _begun(self) -> None:
        self._said, self._name = "", None

    def _headed(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._said = self._value.decode("utf-8", "replace")
        self._header.clear()
        self._value.clear()

    def _opened(self) -> None:
        said = Message()
        said["Content-Disposition"] = self._said
        name = said.get_param("name", "", "content-disposition")
        given = said.get_param("filename", None, "content-disposition")
        if given is not None and self.file is None:
            self.file = given if isinstance(given, str) else ""
        elif given is not None:
            self.more = True
        elif len(self.fields) < FIELDS and isinstance(name, str):
            self._name = name
            self.fields[name] = bytearray()

    def _told(self, data: bytes, start: int, end: int) -> None:
        if self._name is not None:
            self.fields[self._name] += data[start:end]
        elif self.file is not None and not self.ended:
            self.parts.append(data[start:end])

    def _closed(self) -> None:
        self.ended = self.ended or (self._name is None and self.file is not None)


@dataclass(frozen=True, slots=True)
class Upload:
    """The fields before the file, the name it was given, and its bytes as they come.

    `name` is empty where nobody chose a file.
    """

    fields: Mapping[str, str]
    name: str
    content: AsyncIterator[bytes]


async def read_upload(request: Request) -> Upload:
    """Read as far as the file begins; Refusal for what is no such form or has too much before."""
    media, options = parse_options_header(request.headers.get("content-type"))
    if media != MEDIA or not options.get(b"boundary"):
        raise Refusal(RefusalCode.MALFORMED, "Это не форма с файлом")
    told = _Parts()
    stream, read = aiter(request.stream()), 0
    try:
        parser = MultipartParser(options[b"boundary"], told.callbacks())
    except FormParserError as error:
        raise Refusal(RefusalCode.MALFORMED, "Форма не читается") from error
    while told.file is None and (part := await anext(stream, None)) is not None:
        read += len(part)
        _write(parser, part)
        if told.file is None and read > LARGEST:
            raise Refusal(RefusalCode.TOO_MUCH, "Форма слишком велика")
    return Upload(_words(told.fields), told.file or "", _content(parser, told, stream))


async def _content(
    parser: MultipartParser, told: _Parts, stream: AsyncIterator[bytes]
) -> AsyncIterator[bytes]:
    while True:
        for part in told.parts:
            yield part
        told.parts.clear()
        if told.more:
            raise Refusal(RefusalCode.INVALID, "Прилагайте по одному файлу: в форме их несколько")
        if (more := await anext(stream, None)) is None:
            break
        _write(parser, more)
    if not told.ended:
        raise Refusal(RefusalCode.MALFORMED, "Файл пришёл не весь: приложите его ещё раз")


def _write(parser: MultipartParser, part: bytes) -> None:
    try:
        parser.write(part)
    except FormParserError as error:
        raise Refusal(RefusalCode.MALFORMED, "Форма не читается") from error


def _words(fields: Mapping[str, bytearray]) -> Mapping[str, str]:
    try:
        words = {name: value.decode() for name, value in fields.items()}
    except UnicodeDecodeError as error:
        raise Refusal(RefusalCode.MALFORMED, "Форма не читается") from error
    if not all(map(readable, words.values())):
        raise Refusal(RefusalCode.TEXT_UNREADABLE, "В тексте недопустимые знаки")
    return words
