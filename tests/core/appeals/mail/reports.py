"""Reports on letters, invented, in the forms that servers write: for machines and in words."""

from __future__ import annotations

TOKEN = "abcdefgh23456777"
RETURN = f"otvet+{TOKEN}@region.example"

DSN = """\
From: MAILER-DAEMON@relay.example
To: {to}
Subject: {subject}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8

{words}
--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
Original-Envelope-Id: {envelope}
Arrival-Date: Mon, 2 Mar 2026 12:00:00 +0000

{recipients}
--b1
Content-Type: text/rfc822-headers

From: otvet@region.example
To: anna@example.org
Message-ID: {message}

--b1--
"""

RECIPIENT = """\
Original-Recipient: rfc822;anna@example.org
Final-Recipient: rfc822;anna@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <anna@example.org>: no
"""

RECEIPT = """\
From: anna@example.org
To: {to}
Subject: Read
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="b1"

--b1
Content-Type: text/plain

The message was shown.
--b1
Content-Type: message/disposition-notification

Reporting-UA: mail.example
Final-Recipient: rfc822;anna@example.org
Disposition: {disposition}

--b1--
"""

PLAIN = """\
From: MAILER-DAEMON@relay.example
To: {to}
Subject: {subject}
MIME-Version: 1.0
Content-Type: text/plain; charset={charset}
Content-Transfer-Encoding: 8bit

{words}
"""


def dsn(*told: tuple[str, str], to: str = RETURN, envelope: str = "", message: str = "") -> bytes:
    """A report with these actions and codes, a recipient each."""
    recipients = "\n".join(RECIPIENT.format(action=action, status=code) for action, code in told)
    filled = DSN.format(
        to=to,
        subject="Delivery report",
        words="Words that nobody reads: user unknown.",
        envelope=envelope,
        recipients=recipients,
        message=message,
    )
    return crlf(filled)


def receipt(disposition: str, to: str = RETURN) -> bytes:
    return crlf(RECEIPT.format(to=to, disposition=disposition))


def plain(words: str, subject: str = "Mail", to: str = RETURN, charset: str = "utf-8") -> bytes:
    return crlf(PLAIN.format(to=to, subject=subject, words=words, charset=charset), charset)


def crlf(text: str, charset: str = "utf-8") -> bytes:
    return text.replace("\n", "\r\n").encode(charset)
