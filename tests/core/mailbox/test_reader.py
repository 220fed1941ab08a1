"""What each of the invented letters says: its kind and its text, to the letter."""

from __future__ import annotations

import hashlib
from base64 import b64encode

import pytest

from core.mailbox.kinds import Kind
from core.mailbox.letter.body import MOST_PARTS
from core.mailbox.letter.reader import Read, outline, read
from tests.core.mailbox import letters as say
from tests.core.mailbox.letters import HOLE, REPLY, letter, mixed, part, plain, word

W, RUSSIAN = Kind.WRITTEN, "Дополняю: яма стала больше."
PACKED = ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64")
TEXTS: dict[str, tuple[bytes, Kind, str]] = {
    "utf-8": (plain(), W, HOLE),
    "windows-1251": (plain(charset="windows-1251"), W, HOLE),
    "koi8-r": (plain(charset="koi8-r"), W, HOLE),
    "iso-8859-5": (plain(charset="iso-8859-5"), W, HOLE),
    "cp866": (plain(charset="cp866"), W, HOLE),
    "utf-16 with a mark": (plain(charset="utf-16"), W, HOLE),
    "cp1251 called latin": (plain(charset="cp1251", named="iso-8859-1"), W, HOLE),
    "cp1251 called ascii": (plain(charset="cp1251", named="us-ascii"), W, HOLE),
    "koi8-r called cp1251": (plain(charset="koi8-r", named="windows-1251"), W, HOLE),
    "utf-8 called cp1251": (plain(charset="utf-8", named="windows-1251"), W, HOLE),
    "cp1251 called utf-8": (plain(charset="cp1251", named="utf-8"), W, HOLE),
    "unknown-8bit": (plain(charset="koi8-r", named="unknown-8bit"), W, HOLE),
    "a spelling of its own": (plain(charset="cp1251", named="win-1251"), W, HOLE),
    "a codec that unpacks": (plain(charset="cp1251", named="zlib"), W, HOLE),
    "no charset at all": (letter(body=HOLE, charset="koi8-r"), W, HOLE),
    "really latin": (plain("Schöne Grüße", "latin-1", named="iso-8859-1"), W, "Schöne Grüße"),
    "quoted-printable": (
        letter("Content-Type: text/plain; charset=koi8-r",
               "Content-Transfer-Encoding: quoted-printable", body="=F1=CD=C1 =CE=C1=\n =F5=CC."),
        W, "Яма на Ул."),
    "base64 without padding": (
        letter("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
               body=b64encode("Яма у дома.".encode())[:-2]),
        W, "Яма у дома."),
    "NUL bytes": (plain("Я\x00ма"), W, "Яма"),
    "no body": (letter("Subject: x", body=b""), W, ""),
    "nothing at all": (b"", W, ""),
    "only lines": (b"\r\n\r\n\r\n", W, ""),
    "no headers": (HOLE.encode(), W, HOLE),
    "lone line feeds": (plain().replace(b"\r\n", b"\n"), W, HOLE),
    "Outlook": (plain(say.OUTLOOK, "utf-8", *REPLY), W, "Прошу приложить фотографию."),
    "Outlook in English": (plain(say.OUTLOOK_BARE), W, "Прошу приложить фотографию."),
    "Apple Mail": (plain(say.APPLE, "utf-8", *REPLY), W, "Спасибо за ответ!"),
    "Apple Mail, torn": (plain(say.APPLE_TORN), W, "Спасибо за ответ!"),
    "Gmail": (plain(say.GMAIL), W, RUSSIAN),
    "mail.ru": (plain(say.MAIL_RU), W, RUSSIAN),
    "Yandex": (plain(say.YANDEX), W, RUSSIAN),
    "dashes": (plain(say.DASHES), W, RUSSIAN),
    "answers between lines": (plain(say.BETWEEN), W, "У дома 5.\nВчера."),
    "an answer below": (plain(say.BELOW), W, "Добрый день!\n\nУ дома 5."),
    "nothing but a quotation": (plain(say.FORWARD), W, say.FORWARD),
    "a telephone": (plain(say.IPHONE), W, HOLE),
    "a signature of one's own": (plain(say.SIGNED), W, say.SIGNED),
    "a year and a colon are no heading": (
        plain("В 2026 году обещали:\nзаделать яму."), W, "В 2026 году обещали:\nзаделать яму."),
    "plain beside HTML": (
        mixed(part(HOLE), say.html("<p>другое</p>"), kind="alternative"), W, HOLE),
    "HTML where plain is empty": (
        mixed(part(" "), say.html("<p>Яма</p>"), kind="alternative"), W, "Яма"),
    "HTML alone": (
        mixed(say.html(say.GMAIL_HTML)), W, "Яма на Полевой.\nПришлите мастера.\n\n- раз\n- два"),
    "HTML that says its charset itself": (
        letter("Content-Type: text/html", charset="koi8-r",
               body=f'<html><meta charset="koi8-r"><p>{HOLE}</p>'), W, HOLE),
    "parts one after another": (mixed(part("Раз."), part("Два.")), W, "Раз.\n\nДва."),
    "a boundary that never comes": (
        letter('Content-Type: multipart/mixed; boundary="zz"', body=HOLE), W, HOLE),
    "10,000 parts": (say.PARTS, W, HOLE),
    "more parts than are read": (say.MORE_PARTS, W, HOLE),
    "a letter in a letter": (say.NESTED, W, "Пересылаю письмо соседа."),
    "a letter in a letter without words": (say.NESTED_ALONE, W, "Не горит фонарь."),
    "TNEF": (say.TNEF, W, HOLE),
    "a calendar attached by a person": (say.WITH_CALENDAR, W, HOLE),
    "encrypted": (say.PGP, W, ""),
    "nested without an end": (say.DEEP, W, ""),
    "a huge header": (letter("Subject: " + "я" * 400_000), W, HOLE),
    "a delivery report": (say.DSN, Kind.BOUNCE, "Не доставлено: anna@example.org"),
    "a report in plain words": (
        letter("Subject: Undelivered Mail Returned to Sender", body="сбой",
               sender="From: MAILER-DAEMON@mx.example"), Kind.BOUNCE, "сбой"),
    "a report in Russian": (
        letter("Return-Path: <>", "Subject: " + word("Не доставлено: Ответ", "koi8-r")),
        Kind.BOUNCE, HOLE),
    "a receipt": (say.MDN, Kind.RECEIPT, "Прочитано"),
    "an absence by its header": (
        letter("Auto-Submitted: auto-replied", body="Отпуск."), Kind.AUTOREPLY, "Отпуск."),
    "an absence by another header": (
        letter("X-Autoreply: yes", body="Буду 10-го."), Kind.AUTOREPLY, "Буду 10-го."),
    "an absence by precedence": (
        letter("Precedence: auto_reply", body="Буду 10-го."), Kind.AUTOREPLY, "Буду 10-го."),
    "an absence in Russian": (
        letter("Subject: " + word("Автоматический ответ: Ваше обращение", "windows-1251"),
               "In-Reply-To: <n1@centre.example>", body="Я в отпуске до 10 марта."),
        Kind.AUTOREPLY, "Я в отпуске до 10 марта."),
    "an absence of Exchange, in answer to nothing": (
        letter("Subject: " + word("Автоматический ответ: Ответ", "utf-8"),
               "X-Auto-Response-Suppress: All", body="Отпуск."), Kind.AUTOREPLY, "Отпуск."),
    "a leave of Exchange": (
        letter("Subject: " + word("Отпуск: Ответ на обращение", "utf-8"),
               "X-Auto-Response-Suppress: OOF", body="Отпуск."), Kind.AUTOREPLY, "Отпуск."),
    "a person about leave of medicine": (
        letter("Subject: " + word("Отпуск лекарств", "utf-8"),
               "In-Reply-To: <n1@centre.example>", body="Где отпускают лекарства?"),
        W, "Где отпускают лекарства?"),
    "not in the office": (
        letter("Subject: " + word("Меня нет в офисе до 10.03", "utf-8"),
               "In-Reply-To: <n1@centre.example>", body="Потом."), Kind.AUTOREPLY, "Потом."),
    "an absence with a dash": (
        letter("Subject: " + word("Авто-ответ: Ответ", "koi8-r"),
               "In-Reply-To: <n1@centre.example>", body="Потом."), Kind.AUTOREPLY, "Потом."),
    "a report of Exchange in plain words": (
        letter("Subject: " + word("Не удается доставить: Ответ", "utf-8"), body="сбой",
               sender="From: postmaster@org.example"), Kind.BOUNCE, "сбой"),
    "a report of Mail.ru": (
        letter("Subject: Mail failure.", body="сбой", sender="From: mailer-daemon@mail.example"),
        Kind.BOUNCE, "сбой"),
    "a warning of Exim": (
        letter("Subject: Warning: message 1abc-23 delayed 24 hours", "Auto-Submitted: auto-replied",
               body="ждёт", sender="From: Mail Delivery System <Mailer-Daemon@mx.example>"),
        Kind.BOUNCE, "ждёт"),
    "a person called postmaster": (
        letter("Subject: x", sender="From: postmaster@org.example"), W, HOLE),
    "a person about an absence": (
        letter("Subject: " + word("Автоответчик вашей поликлиники не работает", "utf-8")), W, HOLE),
    "a person says no": (letter("Auto-Submitted: no"), W, HOLE),
    "an invitation": (say.INVITATION, Kind.INVITATION, "Приглашение на встречу"),
    "an invitation that says so inside alone": (
        letter("Content-Type: text/calendar", body="BEGIN:VCALENDAR\nMETHOD:REQUEST\n"),
        Kind.INVITATION, ""),
    "a calendar that is published": (
        letter("Content-Type: text/calendar", body="BEGIN:VCALENDAR\nMETHOD:PUBLISH\n"), W, ""),
    "base64 that breaks off": (
        letter(*PACKED, body=b64encode(HOLE[:18].encode())[:-3]), W, "На улице Полевой"),
    "words that are called base64": (letter(*PACKED), W, HOLE),
    "base64 with a word of a list below": (
        letter(*PACKED, body=b64encode(HOLE.encode()) + b"\r\n--\r\nnews list\r\n"), W, HOLE),
    "a list": (letter("List-Id: <news.example>"), Kind.LIST, HOLE),
    "bulk": (letter("Precedence: bulk"), Kind.LIST, HOLE),
    "round and round": (letter(*["Received: from a by b"] * 31), Kind.LOOP, HOLE),
    "a long way is no circle": (letter(*["Received: from a by b"] * 30), W, HOLE),
}  # fmt: skip


FOLDED = {
    say.OUTLOOK: say.OUTLOOK.partition("_\n")[2],
    say.GMAIL: say.GMAIL.partition("\n\n")[2],
    say.APPLE_TORN: say.APPLE_TORN.partition("\n\n")[2],
    say.BETWEEN: "> Где именно яма?\n> Когда появилась?",
    say.IPHONE: "Отправлено с iPhone",
    say.SIGNED: "",
}


@pytest.mark.parametrize("text", FOLDED)
def test_what_is_folded_is_kept(text: str) -> None:
    assert read(plain(text)).quoted == FOLDED[text]


NAME = "Пробная Анна"
SENDERS: dict[str, tuple[str, tuple[str, str]]] = {
    "koi8-r": (f"From: {word(NAME, 'koi8-r')} <Anna@Example.org>", ("anna@example.org", NAME)),
    "cp1251, Q": (f"From: {word(NAME, 'cp1251', 'Q')} <a@b.ru>", ("a@b.ru", NAME)),
    "raw utf-8": (f'From: "{NAME}" <a@b.ru>', ("a@b.ru", NAME)),
    "a comma": ('From: "Probnaya, Anna" <a@b.ru>', ("a@b.ru", "Probnaya, Anna")),
    "a comment": (f"From: a@b.ru ({word(NAME, 'utf-8')})", ("a@b.ru", NAME)),
    "no name": ("From: a@b.ru", ("a@b.ru", "")),
    "an address in Russian": ("From: анна@Пример.рф", ("анна@пример.рф", "")),
    "no address": (f"From: {NAME}", ("", NAME)),
    "no From": ("Sender: <a@b.ru>", ("a@b.ru", "")),
    "nobody": ("Subject: x", ("", "")),
}


@pytest.mark.parametrize("name", SENDERS)
def test_sender(name: str) -> None:
    header, expected = SENDERS[name]
    found = read(letter(sender=header))
    assert (found.address, found.name) == expected
    told = [one.what for one in found.unreadable]
    assert told == ([] if expected[0] else ["отправитель"])


def test_raw_bytes_in_headers_are_read_by_what_they_look_like() -> None:
    for charset in ("koi8-r", "cp1251", "utf-8"):
        found = read(letter(b"Subject: " + "Яма на дороге у школы".encode(charset)))
        assert found.subject == "Яма на дороге у школы"


TORN = "Обращение".encode()
SUBJECTS = {
    "words torn inside a letter": (
        f"=?utf-8?B?{b64encode(TORN[:7]).decode()}?= =?UTF-8?B?{b64encode(TORN[7:]).decode()}?=",
        "Обращение"),
    "no padding": (f"=?utf-8?b?{b64encode(TORN).decode().rstrip('=')}?=", "Обращение"),
    "spaces in a word": ("=?utf-8?Q?=D0=AF=D0=BC=D0=B0 =D1=82=D1=83=D1=82?=", "Яма тут"),
    "words and plain text": (f"Re: {word('Обращение', 'utf-8')} 5", "Re: Обращение 5"),
    "a language": ("=?utf-8*ru?B?" + b64encode(TORN).decode() + "?=", "Обращение"),
    "a charset nobody knows": ("=?x-klingon?Q?hello?=", "hello"),
    "no word at all": ("=?utf-8?X?zz?=", "=?utf-8?X?zz?="),
}  # fmt: skip


@pytest.mark.parametrize("name", SUBJECTS)
def test_subject(name: str) -> None:
    header, expected = SUBJECTS[name]
    assert read(letter(f"Subject: {header}")).subject == expected


UNREADABLE: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "TNEF": (say.TNEF, [("winmail.dat", "вложение Outlook (TNEF): содержание не раскрыто")]),
    "PGP": (say.PGP, [("зашифрованное письмо", "у центра нет ключа, которым его открывают")]),
    "S/MIME": (say.SMIME, [("зашифрованное письмо", "у центра нет ключа, которым его открывают")]),
    "PGP in the text": (
        plain("-----BEGIN PGP MESSAGE-----\nxx"),
        [("зашифрованное письмо", "у центра нет ключа, которым его открывают")]),
    "base64": (
        letter(*PACKED, body=HOLE),
        [("текст письма", "упакован с ошибкой, показано то, что удалось прочесть")]),
    "boundary": (
        letter('Content-Type: multipart/mixed; boundary="zz"'),
        [("письмо", "границы его частей не найдены, показано как есть")]),
    "charset": (
        letter("Content-Type: text/plain; charset=x-klingon", body=b"\xf8\x01\xfa\x02\xfb ok"),
        [("текст письма", "кодировка «x-klingon» неизвестна")]),
    "spoilt utf-8": (
        plain(HOLE).replace("глубокая".encode(), "глубо".encode() + b"\xd0"),
        [("текст письма", "не прочитано знаков: 1")]),
    "too deep": (
        say.DEEP, [("письмо", "части вложены друг в друга слишком глубоко")]),
    "deeper than is read": (
        say.DEEPER_THAN_READ, [("message/rfc822", "вложено глубже 20 уровней")]),
    "too many parts": (
        say.MORE_PARTS, [("письмо", f"в нём больше {MOST_PARTS} частей, остальные не разобраны")]),
    "10,000 parts are read": (say.PARTS, []),
    "well": (plain(), []),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_said(name: str) -> None:
    raw, expected = UNREADABLE[name]
    assert [(one.what, one.why) for one in read(raw).unreadable] == expected


def test_attachments_are_listed_with_size_and_digest() -> None:
    raw = mixed(
        part(HOLE),
        say.file("../../etc/фото ямы.jpg", b"jpeg", "image/jpeg"),
        part("x", "Content-Type: application/pdf",
             "Content-Disposition: attachment; filename*=koi8-r''%F1%CD%C1.pdf"),
        part("y", f'Content-Type: image/png; name="{word("Схема.png", "cp1251")}"'),
    )  # fmt: skip
    found = read(raw).attachments
    assert [(one.name, one.type, one.size) for one in found] == [
        ("фото ямы.jpg", "image/jpeg", 4),
        ("Яма.pdf", "application/pdf", 1),
        ("Схема.png", "image/png", 1),
    ]
    assert found[0].digest == hashlib.sha256(b"jpeg").hexdigest()


def test_a_nested_letter_is_listed_and_its_words_stay_beside_those_of_the_letter() -> None:
    found = read(say.NESTED)
    assert [one.name for one in found.attachments] == ["письмо «Фонарь»"]
    assert found.text == "Пересылаю письмо соседа."


def test_references_the_nearest_first_and_addresses_in_lower_case() -> None:
    found = read(
        letter("References: <a@x> <b@x>", "In-Reply-To: <c@x>", "To: <Box+T@Centre.example>")
    )
    assert found.references == ("c@x", "b@x", "a@x")
    assert found.recipients == ("box+t@centre.example",)


def test_an_outline_says_who_wrote_and_that_there_is_no_more() -> None:
    found = outline(plain(HOLE, "utf-8", "Subject: " + word("Яма", "koi8-r")))
    assert (found.address, found.subject, found.text) == ("anna@example.org", "Яма", "")
    assert [one.what for one in found.unreadable] == ["письмо"]


def test_a_letter_that_was_not_read_at_all_is_a_person_s() -> None:
    assert Read().kind is W
