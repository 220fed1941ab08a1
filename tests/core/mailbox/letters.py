"""Invented letters as bytes, as programs of all kinds write them; nobody in them exists."""

from __future__ import annotations

from base64 import b64encode
from quopri import encodestring

FROM = "From: Anna Probnaya <anna@example.org>"
HOLE = "На улице Полевой глубокая яма."
CRLF = "\r\n"


def letter(
    *headers: str | bytes, body: str | bytes = HOLE, charset: str = "utf-8", sender: str = FROM
) -> bytes:
    """Headers, an empty line and the body, which is written down in this charset."""
    lines = [one if isinstance(one, bytes) else one.encode() for one in (sender, *headers) if one]
    said = body if isinstance(body, bytes) else body.replace("\n", CRLF).encode(charset)
    return b"\r\n".join(lines) + b"\r\n\r\n" + said


def plain(
    text: str = HOLE, charset: str | None = "utf-8", *headers: str | bytes, named: str | None = None
) -> bytes:
    """A letter of plain text in this charset, which it calls by its name, or by `named`."""
    said = named if named is not None else charset
    kind = ("MIME-Version: 1.0", f"Content-Type: text/plain; charset={said}") if said else ()
    return letter(*headers, *kind, body=text, charset=charset or "utf-8")


def word(text: str, charset: str, how: str = "B") -> str:
    """An encoded word of RFC 2047."""
    raw = text.encode(charset)
    packed = b64encode(raw) if how == "B" else encodestring(raw, header=True).replace(b" ", b"_")
    return f"=?{charset}?{how}?{packed.decode()}?="


def part(content: str | bytes = HOLE, *headers: str) -> bytes:
    """A part of a multipart; plain text in UTF-8 where no header says otherwise."""
    kind = headers or ("Content-Type: text/plain; charset=utf-8",)
    raw = content if isinstance(content, bytes) else content.replace("\n", CRLF).encode()
    return CRLF.join(kind).encode() + b"\r\n\r\n" + raw


def file(name: str, content: bytes, kind: str = "application/octet-stream") -> bytes:
    """A part that is a file."""
    return part(
        b64encode(content),
        f'Content-Type: {kind}; name="{name}"',
        f'Content-Disposition: attachment; filename="{name}"',
        "Content-Transfer-Encoding: base64",
    )


def multipart(*parts: bytes, kind: str = "mixed", more: str = "") -> tuple[str, bytes]:
    """The header and the body of a multipart."""
    body = b"".join(b"--=_x\r\n" + one + b"\r\n" for one in parts) + b"--=_x--\r\n"
    return f'Content-Type: multipart/{kind}; boundary="=_x"{more}', body


def mixed(*parts: bytes, headers: tuple[str | bytes, ...] = (), **how: str) -> bytes:
    """A letter of several parts."""
    kind, body = multipart(*parts, **how)
    return letter("MIME-Version: 1.0", *headers, kind, body=body)


def inner(*parts: bytes, kind: str = "alternative") -> bytes:
    """A multipart inside another one, with a boundary of its own."""
    head, body = multipart(*parts, kind=kind)
    return head.replace("=_x", "=_y").encode() + b"\r\n\r\n" + body.replace(b"=_x", b"=_y")


def html(content: str, charset: str = "utf-8") -> bytes:
    """A part of HTML."""
    raw = content.encode(charset)
    return f"Content-Type: text/html; charset={charset}\r\n\r\n".encode() + raw


REPLY = (
    "Message-ID: <r1@example.org>",
    "In-Reply-To: <n1@centre.example>",
    f"Subject: Re: {word('Ответ', 'utf-8')}",
)

OUTLOOK = """Прошу приложить фотографию.

________________________________
От: Центр <letters@centre.example>
Отправлено: 2 марта 2026 г. 14:05
Кому: Пробная Анна
Тема: Ваше обращение

Обращение зарегистрировано."""

OUTLOOK_BARE = """Прошу приложить фотографию.

From: Centre <letters@centre.example>
Sent: Monday, March 2, 2026 2:05 PM
To: Anna
Subject: answer

Registered."""

APPLE = """Спасибо за ответ!

> 2 марта 2026 г., в 14:05, Центр <letters@centre.example> написал(а):
> Обращение зарегистрировано."""

APPLE_TORN = """Спасибо за ответ!

2 марта 2026 г., в 14:05, Центр управления Проверочной области
<letters@centre.example> написал(а):

Обращение зарегистрировано."""

GMAIL = """Дополняю: яма стала больше.

пн, 2 мар. 2026 г. в 14:05, Центр <letters@centre.example>:

> Обращение зарегистрировано."""

MAIL_RU = """Дополняю: яма стала больше.

Понедельник, 2 марта 2026, 14:05 +03:00 от Центр <letters@centre.example>:
Обращение зарегистрировано.

--
Анна Пробная
Отправлено из Почты Mail"""

YANDEX = """Дополняю: яма стала больше.

02.03.2026, 14:05, "Центр" <letters@centre.example>:
Обращение зарегистрировано.

--
Отправлено из мобильного приложения Яндекс Почты"""

DASHES = """Дополняю: яма стала больше.

-------- Исходное сообщение --------
Обращение зарегистрировано."""

BETWEEN = """> Где именно яма?
У дома 5.
> Когда появилась?
Вчера."""

BELOW = """Добрый день!

2 марта 2026 г., в 14:05, Центр <letters@centre.example> написал(а):
> Где именно яма?

У дома 5."""

FORWARD = """-------- Пересылаемое сообщение --------
02.03.2026, 14:05, "Сосед" <sosed@example.org>:

Во дворе не горит фонарь."""

IPHONE = f"""{HOLE}

Отправлено с iPhone"""

SIGNED = f"""{HOLE}

--
С уважением, Анна"""

GMAIL_HTML = """<html><head><style>p{color:red}</style><title>x</title></head><body>
<div dir="ltr">Яма на&nbsp;Полевой.<br>Пришлите мастера.</div><script>alert(1)</script>
<div style="display:none">невидимое</div>
<ul><li>раз</li><li>два</li></ul>
<div class="gmail_quote"><blockquote>Обращение <b>зарегистрировано</b>.</blockquote></div>
</body></html>"""

DSN = mixed(
    part("Не доставлено: anna@example.org"),
    part("Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; anna@example.org\n"
         "Action: failed\nStatus: 5.1.1\n", "Content-Type: message/delivery-status"),
    part(plain(), "Content-Type: message/rfc822"),
    kind="report",
    more="; report-type=delivery-status",
    headers=("Return-Path: <>", "Auto-Submitted: auto-replied"),
)  # fmt: skip

MDN = mixed(
    part("Прочитано"),
    part(
        "Disposition: manual-action; displayed\n", "Content-Type: message/disposition-notification"
    ),
    kind="report",
    more="; report-type=disposition-notification",
)

CALENDAR = (
    "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Встреча\nEND:VEVENT\nEND:VCALENDAR\n"
)
INVITATION = mixed(
    part("Приглашение на встречу"),
    part(CALENDAR, "Content-Type: text/calendar; charset=utf-8; method=REQUEST"),
    kind="alternative",
)
WITH_CALENDAR = mixed(
    part(HOLE),
    part(CALENDAR, "Content-Type: text/calendar; method=REQUEST; name=a.ics",
         "Content-Disposition: attachment; filename=a.ics"),
)  # fmt: skip
TNEF = mixed(part(HOLE), file("winmail.dat", b"\x78\x9f\x3e\x22", "application/ms-tnef"))
PARTS = mixed(part(HOLE), *[part("", "Content-Type: text/plain")] * 9_999)
MORE_PARTS = mixed(part(HOLE), *[part("", "Content-Type: text/plain")] * 10_000)
NESTED = mixed(
    part("Пересылаю письмо соседа."),
    part(letter("Subject: " + word("Фонарь", "koi8-r"), body="Не горит фонарь."),
         "Content-Type: message/rfc822"),
)  # fmt: skip
NESTED_ALONE = letter(
    "Content-Type: message/rfc822", body=letter("Subject: lamp", body="Не горит фонарь.")
)
DEEP = letter(*["Content-Type: message/rfc822\r\n"] * 3_000, body="дно")
DEEPER_THAN_READ = letter(*["Content-Type: message/rfc822\r\n"] * 30, body="дно")
PGP = mixed(
    part("Version: 1", "Content-Type: application/pgp-encrypted"),
    file("encrypted.asc", b"-----BEGIN PGP MESSAGE-----"),
    kind="encrypted",
)
SMIME = letter(
    'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
    "Content-Transfer-Encoding: base64",
    body=b64encode(b"sealed"),
)
