"""A report is read whatever was done to it; what says nothing says so and raises nothing."""

from __future__ import annotations

from base64 import b64encode

import pytest

from core.appeals.mail.accounts import read_report
from core.appeals.notices.states import NoticeState
from tests.core.mailbox import letters as say
from tests.core.mailbox.hostile import HOSTILE
from tests.core.mailbox.letters import letter, mixed, part
from tests.core.mailbox.test_reader import TEXTS

FAILED = "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.ru\nAction: failed\nStatus: 5.1.1\n"
DAEMON = "From: mailer-daemon@mx.example"
ENDLESS = [
    f"Content-Type: multipart/mixed; boundary=z{n}\r\n\r\n--z{n}" for n in range(3_000)
]  # fmt: skip


def told(*headers: str) -> bytes:
    """A report whose part for machines has these headers beside its kind."""
    kind, *more = headers
    body = b64encode(FAILED.encode()) if more else FAILED.encode()
    return mixed(part("сбой"), part(body, kind, *more), kind="report")


@pytest.mark.parametrize(
    "raw",
    [
        told("Content-Type: message/delivery-status"),
        told("Content-Type: message/global-delivery-status"),
        told("Content-Type: message/global-delivery-status", "Content-Transfer-Encoding: base64"),
        told("Content-Type: message/delivery-status; charset*=us-ascii''koi8-r"),
        letter("Content-Type: text/plain; charset=koi8-r", sender=DAEMON, charset="koi8-r",
               body="Письмо не доставлено: 550 5.1.1 нет такого"),
        letter("Content-Type: text/plain; charset=undefined", sender=DAEMON,
               body="Письмо не доставлено: 550 5.1.1 нет такого"),
        letter("Content-Type: text/plain; charset=ut\x00f-8", sender=DAEMON,
               body="Письмо не доставлено: 550 5.1.1 нет такого"),
    ],
)  # fmt: skip
def test_a_report_is_read_however_it_is_written(raw: bytes) -> None:
    heard = read_report(raw)
    assert (heard.state, heard.status) == (NoticeState.RETURNED, "5.1.1")


def test_a_report_without_an_end_is_read_by_its_headers() -> None:
    raw = letter("To: otvet+abc@region.example", *ENDLESS, sender=DAEMON, body="x")
    heard = read_report(raw)
    assert (heard.state, "otvet+abc@region.example" in heard.addresses) == (None, True)
    assert read_report(say.DEEP).state is None


def test_no_letter_breaks_the_reading_of_reports() -> None:
    for raw, *_ in (*HOSTILE.values(), *TEXTS.values()):
        assert read_report(raw).state in (None, NoticeState.RETURNED, NoticeState.CONFIRMED,
                                          NoticeState.DELAYED)  # fmt: skip
