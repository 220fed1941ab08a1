"""Signs that no person wrote a letter, out of its headers and of what it is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.message import Message

from core.mailbox.kinds import Kind
from core.mailbox.letter import headers
from core.mailbox.letter.packed import content_of, held

MOST_STATIONS = 30
"""Servers that a letter may have passed: more make a circle."""

RECEIPT = "disposition-notification"
REPORTED = frozenset({"delivery-status", "feedback-report", RECEIPT})
MACHINES = re.compile(r"(mailer-daemon|mail-daemon|double-bounce|microsoftexchange[0-9a-f]{32})@")
"""Nobody has such an address, whatever is written from it, in whatever language."""

DAEMONS = re.compile(rf"{MACHINES.pattern}|postmaster@")
UNDELIVERED = re.compile(
    r"(undeliver|undelivered|delivery (status|failure|has failed|incomplete)|returned mail"
    r"|mail delivery|mail failure|failure notice|delayed mail|message \S+ delayed"
    r"|не доставлен|недоставл|невозможно доставить|сообщение не может"
    r"|не уда(е|ё)тся доставить|не удалось доставить|доставка не удалась"
    r"|уведомление о (не)?доставке|недоставка)",
    re.IGNORECASE,
)
_ANSWERING = r"(?:(?:re|отв|ответ|автоматический ответ на)\s*:\s*)*"
_ABROAD = (
    r"автоматична відповідь|аўтаматычны адказ|автоматичен отговор|автоматты (?:түрде )?жауап"
    r"|avtomatik (?:javob|cavab)|automat(?:ische antwort|isch antwoord|isk svar|iskt svar)|autosvar"
    r"|abwesenheit\w*|r(?:é|e)ponse automatique|absence du bureau|respuesta autom(?:á|a)tica"
    r"|risposta automatica|resposta autom(?:á|a)tica|odpowied(?:ź|z) automatyczna"
    r"|automatick(?:á|a) odpov(?:ě|e)(?:ď|d)|automatikus v(?:á|a)lasz|automatski odgovor"
    r"|r(?:ă|a)spuns automat|otomatik yan(?:ı|i)t|automaattinen vastaus|automaatvastus"
    r"|autom(?:ā|a)tisk(?:ā|a) atbilde|automatinis atsakymas"
    r"|自动(?:答复|回复)|自動(?:応答|返信|回覆)"
)
"""What Exchange and others put before the subject where they speak another language."""

_LABELS = (
    r"автоматическ(?:ий ответ|ое (?:уведомление|сообщение)(?: об отсутствии)?)"
    r"|авто[- ]?ответ(?:чик)?|(?:уведомление|сообщение) об отсутствии"
    r"|отсутствие на (?:рабочем месте|работе)"
    r"|automatic (?:reply|response)|auto(?:mated)?[- ]?reply|auto(?:mated)?[- ]?response"
    r"|out of (?:the )?office(?: reply| autoreply| message)?|ooo"
    r"|vacation(?: reply| message| notice)?"
    rf"|{_ABROAD}"
)
_STATES = (
    r"(?:on (?:annual )?(?:leave|vacation|holiday)|away from (?:the |my )?office)"
    r"|вне офиса|не на работе|нет (?:на месте|на рабочем месте|на работе|в офисе)|в отпуске"
    r"|на больничном|отсутствую(?: на (?:рабочем )?месте| на работе| в офисе)?"
    r"|отсутствует (?:на (?:рабочем )?месте|на работе|в офисе)"
    r"|отпуск|больничный"
)
_UNTIL = r"(?:до|с|по|until|till|from|through) (?:\w*\d|конца|mon|tue|wed|thu|fri)|:|[-–—] |[.!]?$"
"""What follows words about an absence where nothing else is said: a day, a subject, the end."""

_NOW = r"(?:я |меня |сейчас |временно |нахожусь |i am |i'm |currently )*"
ABSENT = re.compile(
    rf"{_ANSWERING}(?:[\[(](?:{_LABELS})[\])].*|.*[\[(](?:{_LABELS})[\])]"
    rf"|(?:{_LABELS})\s*(?:{_UNTIL}|until|till|from).*"
    rf"|{_NOW}(?:{_STATES})\s*(?:{_UNTIL}).*)",
    re.IGNORECASE | re.DOTALL,
)
AWAY = re.compile(r"(re:\s*)*отпуск\b.*", re.IGNORECASE | re.DOTALL)
"""An absence only where a program of mail says that a machine wrote: others sell medicine so."""

LISTED = ("List-Id", "List-Unsubscribe", "List-Post")
PRECEDENCE = ("Precedence", "X-Precedence")
BULK = frozenset({"bulk", "list", "junk"})
REPLYING = re.compile(
    r"x-([a-z]+-)*auto-?(reply|replied|respond|responder|response|generated)(-from)?"
)
"""Names of the headers by which machines say so, each in its own spelling."""

REPLIES = re.compile(r"auto[-_ ]?(reply|replied|response|responder)")
MACHINES_SAY = {
    "X-FC-MachineGenerated": re.compile(r"true|yes|1"),
    "X-POST-MessageClass": re.compile(r"9"),
    "X-Cron-Env": re.compile(r".+"),
    "Delivered-To": re.compile(r"autoresponder"),
}
"""What FirstClass, Mailtraq, cron and autoresponders of hosting write about themselves."""

DENIED = frozenset({"", "no", "false", "0", "none"})
METHOD, LONGEST_METHOD = re.compile(rb"^METHOD:([a-z]+)\s*$", re.IGNORECASE | re.MULTILINE), 10_000
INVITES = frozenset({"request", "reply", "cancel", "counter", "declinecounter", "refresh", "add"})


def kind_of(letter: Message) -> Kind:
    """What a letter is; written by a person where nothing says otherwise.

    A report is told before everything else, for a daemon marks it as automatic too.
    """
    signs: tuple[tuple[Kind, Callable[[Message], bool]], ...] = (
        (Kind.RECEIPT, _is_receipt),
        (Kind.BOUNCE, _is_bounce),
        (Kind.LOOP, _goes_round),
        (Kind.INVITATION, _invites),
        (Kind.AUTOREPLY, _answers_by_itself),
        (Kind.LIST, _is_of_a_list),
    )
    return next((kind for kind, holds in signs if holds(letter)), Kind.WRITTEN)


def _said(letter: Message, name: str) -> str:
    return _first(headers.raw(letter, name))


def _first(value: str) -> str:
    """What a header says before its parameters and comments."""
    return re.split("[;(]", value, maxsplit=1)[0].strip().lower()


def _report(letter: Message) -> str:
    """What the letter reports by its kind, else by its part for machines: servers drop the kind."""
    if letter.get_content_type() != "multipart/report":
        return ""
    return parameter(letter, "report-type") or next(_told(letter), "")


def _told(letter: Message) -> Iterator[str]:
    """What its own parts for machines say."""
    for part in _parts(letter):
        name = part.get_content_type().removeprefix("message/").removeprefix("global-")
        if name in REPORTED:
            yield name


def parameter(part: Message, name: str) -> str:
    """A parameter of the content type in lower case; empty where there is none to be read."""
    pattern = rf";\s*{re.escape(name)}\s*=\s*\"?([^\";\s]{{1,100}})"
    found = re.search(pattern, headers.raw(part, "Content-Type"), re.IGNORECASE)
    return found[1].lower() if found else ""


def _is_receipt(letter: Message) -> bool:
    """Somebody has opened, or thrown away, what was sent to him."""
    return _report(letter) == RECEIPT


def _is_bounce(letter: Message) -> bool:
    """A report about what was sent, also of those servers that write it in plain words."""
    if _report(letter) in REPORTED - {RECEIPT}:
        return True
    if headers.raw(letter, "X-Failed-Recipients"):
        return True
    address, _ = headers.sender(letter)
    nobody = headers.raw(letter, "Return-Path").replace(" ", "") == "<>"
    if MACHINES.match(address) or (nobody and "delivery-status" in _told(letter)):
        return True
    told = UNDELIVERED.search(headers.text(headers.raw(letter, "Subject"))) is not None
    return told and (nobody or DAEMONS.match(address) is not None)


def _goes_round(letter: Message) -> bool:
    return len(letter.get_all("Received", [])) > MOST_STATIONS


def _invites(letter: Message) -> bool:
    """A meeting that a calendar proposes or answers; one attached to words of a person is not."""
    for part in (letter, *_first_parts(letter)):
        method = parameter(part, "method") or _method(part)
        attached = _said(part, "Content-Disposition") == "attachment"
        if part.get_content_type() == "text/calendar" and method in INVITES and not attached:
            return True
    return False


def _method(part: Message) -> str:
    """What a calendar says inside; programs leave it out of the header."""
    if part.get_content_type() != "text/calendar":
        return ""
    found = METHOD.search(content_of(part)[:LONGEST_METHOD])
    return found[1].decode().lower() if found else ""


def _first_parts(letter: Message) -> list[Message]:
    """The parts of a letter and of the alternatives in it."""
    parts = _parts(letter)
    return [*parts, *(deeper for part in parts for deeper in _parts(part))]


def _parts(part: Message) -> list[Message]:
    return held(part)[:20]


def _answers_by_itself(letter: Message) -> bool:
    """Marked so (RFC 3834), or entitled so and in answer to a letter."""
    if any(_first(said) not in DENIED for said in headers.every(letter, "Auto-Submitted")):
        return True
    if any(REPLYING.fullmatch(n.lower()) and _said(letter, n) not in DENIED for n in letter):
        return True
    if any(REPLIES.fullmatch(_said(letter, name)) for name in PRECEDENCE):
        return True
    if any(value.fullmatch(_said(letter, name)) for name, value in MACHINES_SAY.items()):
        return True
    silences = _said(letter, "X-Auto-Response-Suppress") != ""
    answers = headers.references(letter) or headers.raw(letter, "Return-Path") == "<>"
    subject = headers.text(headers.raw(letter, "Subject"))
    if silences and AWAY.fullmatch(subject):
        return True
    return bool(answers or silences) and ABSENT.fullmatch(subject) is not None


def _is_of_a_list(letter: Message) -> bool:
    listed = any(headers.raw(letter, name) for name in LISTED)
    return listed or any(_said(letter, name) in BULK for name in PRECEDENCE)
