"""Letters that are spoilt, wrapped strangely or written by machines abroad, with what each says."""

from __future__ import annotations

from base64 import b64encode
from binascii import b2a_uu

from core.mailbox.kinds import Kind
from tests.core.mailbox.letters import HOLE, file, html, letter, mixed, part, plain, word

W, A, B, L = Kind.WRITTEN, Kind.AUTOREPLY, Kind.BOUNCE, Kind.LIST
PLAIN = "Content-Type: text/plain; charset=utf-8"
ENDS, OLD = "Дополняю: яма.", "Старое"
PACKED = b64encode(HOLE.encode())
SMTP = "letters@centre.example"


def coded(how: str, body: str | bytes, charset: str = "utf-8") -> bytes:
    """A letter whose body is packed in this way."""
    kind = f"Content-Type: text/plain; charset={charset}"
    return letter(kind, f"Content-Transfer-Encoding: {how}", body=body)


def said(charset: str, written: str) -> bytes:
    """A letter that says this of its charset and is written in that one."""
    return letter(f"Content-Type: text/plain; charset{charset}", charset=written)


def quoting(heading: str) -> bytes:
    """A reply above the letter that it answers."""
    return plain(f"{ENDS}\n\n{heading}\n\n> {OLD}")


def answer(subject: str, body: str = "Отпуск.") -> bytes:
    """What comes in answer to our letter under this subject."""
    about = f"Subject: {word(subject, 'utf-8')}"
    return letter(about, "In-Reply-To: <n1@centre.example>", body=body)


def within(depth: int) -> bytes:
    """A letter in a letter in a letter."""
    raw = letter(f"Subject: {word('дно', 'koi8-r')}", body="Не горит фонарь.")
    for level in range(depth):
        raw = mixed(part(f"Уровень {level}"), part(raw, "Content-Type: message/rfc822"))
        raw = raw.replace(b"=_x", b"=_%d" % level)
    return raw


LAMP = letter("Subject: lamp", PLAIN, body="Не горит фонарь.")
LINES = b"begin 644 x\r\n" + b2a_uu("Яма".encode("koi8-r")) + b"`\r\nend\r\n"
CONFIRMED = [
    f"02.03.2026 14:05, Центр пишет:\n> {OLD}",
    f"пн, 2 мар. 2026 г. в 14:05, Центр управления регионом <{SMTP}\n>:",
    f"пн, 2 мар. 2026 г. в 14:05, Центр управления регионом <\n{SMTP}>:",
    f"понедельник, 2 марта 2026 г. пользователь Центр\nуправления регионом <\n{SMTP}> написал:",
    "Вы писали 2 марта 2026 г., 14:05:",
    f"понедельник, 02 марта 2026г., 14:05 +03:00 от ЦУР {SMTP} :",
    f'----------------\nКому: a@b.ru;\nТема: Ответ;\n02.03.2026, 14:05, "ЦУР" <{SMTP}>:',
    f"Получите Outlook для iOS<https://aka.ms/o0ukef>\n{'_' * 32}\nОт: ЦУР <{SMTP}>\n"
    "Отправлено: Monday, March 2, 2026 2:05:00 PM\nКому: Анна\nТема: Ответ",
    f"*От:* ЦУР <{SMTP}>\n*Отправлено:* 2 марта 2026 г. 14:05\n*Кому:* Анна\n*Тема:* Ответ",
    "Отправлено с моего Galaxy\n\n-------- Исходное сообщение --------\nОт: ЦУР\nДата: 02.03.2026",
]
OUTLOOK_HTML = (
    f"<div><p>{ENDS}</p><div style='border-top:solid'><p><b>From:</b> ЦУР &lt;a@b.ru&gt;<br>"
    "<b>Sent:</b> Monday, March 2, 2026 2:05 PM<br><b>To:</b> Анна<br><b>Subject:</b> Ответ</p>"
    f"</div><p>{OLD}</p></div>"
)
ABROAD = (
    "Automatische Antwort: Ответ", "Réponse automatique : Ответ", "Respuesta automática: Ответ",
    "Автоматична відповідь: Ответ", "Аўтаматычны адказ: Ответ", "Автоматты жауап: Ответ",
    "Otomatik yanıt: Ответ", "Risposta automatica: Ответ", "Odpowiedź automatyczna: Ответ",
    "自动答复: Ответ", "OOO: Ответ", "Vacation reply: Ответ", "On vacation", "Out of office",
    "I am on leave until 5 May", "Сообщение об отсутствии", "Отсутствует на рабочем месте: Ответ",
)  # fmt: skip

HOSTILE: dict[str, tuple[bytes, Kind, str]] = {
    "x-mac-cyrillic": (said("=x-mac-cyrillic", "mac-cyrillic"), W, HOLE),
    "macintosh": (said("=macintosh", "mac-cyrillic"), W, HOLE),
    "utf-7": (said("=utf-7", "utf-7"), W, HOLE),
    "utf-7 of old": (said("=x-unicode-2-0-utf-7", "utf-7"), W, HOLE),
    "koi8-ru": (said("=koi8-ru", "koi8-r"), W, HOLE),
    "ibm866": (said("=ibm866", "cp866"), W, HOLE),
    "utf-8 called utf-16": (said("=utf-16", "utf-8"), W, HOLE),
    "utf-16 without a mark": (said("=utf-16le", "utf-16-le"), W, HOLE),
    "ascii called utf-32": (letter("Content-Type: text/plain; charset=utf-32", body="ok"), W, "ok"),
    "a charset with a comment": (said('="koi8-r" (Russian)', "koi8-r"), W, HOLE),
    "a charset in apostrophes": (said("='windows-1251'", "cp1251"), W, HOLE),
    "a charset without a name": (said("=", "cp1251"), W, HOLE),
    "a charset by RFC 2231": (said("*=us-ascii''koi8-r", "koi8-r"), W, HOLE),
    "a charset in pieces": (said("*0=koi; charset*1=8-r", "koi8-r"), W, HOLE),
    "a charset with a zero": (said("=ut\x00f-8", "utf-8"), W, HOLE),
    "quoted-printable, broken": (
        coded("quoted-printable", b"=D0=AF\xd0\xbc=D0=B0 =ZZ =\r\n=D1=82=D1=83=D1=82="),
        W, "Яма =ZZ тут"),
    "base64 with a comment": (coded("base64 (yes)", PACKED), W, HOLE),
    "BASE64 in quotes": (coded('"BASE64"', PACKED), W, HOLE),
    "base64 with garbage": (
        coded("base64", b"\r\n".join(b"*" + PACKED[n : n + 20] for n in range(0, 80, 20))),
        W, HOLE),
    "base64 piece by piece": (
        coded("base64", b64encode("Яма!".encode()) + b"\r\n" + b64encode(" Тут.".encode())),
        W, "Яма! Тут."),
    "uuencode": (coded("x-uuencode", LINES, "koi8-r"), W, "Яма"),
    "an unknown packing": (coded("9bit", HOLE), W, HOLE),
    "two kinds of content": (
        letter("Content-Type: text/html", PLAIN, body="<b>Яма</b>"), W, "Яма"),
    "a kind that is none": (letter("Content-Type: ;;;/;charset==;"), W, HOLE),
    "bytes in the name of a kind": (
        mixed(part(HOLE), b"Content-Type: tex\x92/plain; name=a\r\n\r\nx"), W, HOLE),
    "lines that end twice": (plain().replace(b"\r\n", b"\r\r\n"), W, HOLE),
    "bare carriage returns": (plain().replace(b"\r\n", b"\r"), W, HOLE),
    "a mark before all": (b"\xef\xbb\xbf" + plain(), W, HOLE),
    "empty lines before all": (b"\r\n\r\n" + plain(), W, HOLE),
    "a line of a spool": (b"From anna@example.org Mon Mar  2 14:05:00 2026\r\n" + plain(), W, HOLE),
    "two senders": (letter("From: Second <b@b.ru>"), W, HOLE),
    "a day that never was": (letter("Date: 99 Foo 20260 99:99:99 +9999"), W, HOLE),
    "no closing boundary": (
        letter("Content-Type: multipart/mixed; boundary=zz", body=f"--zz\n{PLAIN}\n\n{HOLE}"),
        W, HOLE),
    "one boundary for two": (
        letter("Content-Type: multipart/mixed; boundary=zz",
               body="--zz\nContent-Type: multipart/alternative; boundary=zz\n\n"
                    f"--zz\n{PLAIN}\n\n{HOLE}\n--zz--\n"), W, HOLE),
    "a digest": (
        mixed(b"\r\n" + plain("Раз."), b"\r\n" + plain("Два."), kind="digest"), W, "Раз.\n\nДва."),
    "five deep": (within(5), W, "Уровень 4"),
    "a packed letter within": (
        letter("Content-Type: message/rfc822", "Content-Transfer-Encoding: base64",
               body=b64encode(LAMP)), W, "Не горит фонарь."),
    "a letter of RFC 6532 within": (
        mixed(part("Пересылаю."), part(LAMP, "Content-Type: message/global")), W, "Пересылаю."),
    "words of Outlook as RTF": (
        letter("Content-Type: application/ms-tnef; name=winmail.dat", body=b"\x78\x9f\x3e\x22"),
        W, ""),
    "a letter as a file": (mixed(part(HOLE), file("a.eml", plain())), W, HOLE),
    "a table": (
        mixed(html("<table><tr><td>Адрес</td><td>Полевая, 5</td></tr><tr><td>Яма</td></tr>")),
        W, "Адрес Полевая, 5\nЯма"),
    "typed lines": (mixed(html("<pre>раз\nдва\n\n<b>три</b>\nдо</pre>")), W, "раз\nдва\n\nтри\nдо"),
    "a hidden paragraph without an end": (
        mixed(html('<p style="display:none">нет<p>Яма')), W, "Яма"),
    "a declaration that is none": (mixed(html("<![eno[x]><p>Яма</p>")), W, "Яма"),
    "signs that nobody sees": (mixed(html("&#1071;&shy;ма&#8203; &zwnj;у\ufeff школы")),
                               W, "Яма у школы"),
    "Outlook in HTML": (mixed(html(OUTLOOK_HTML)), W, ENDS),
    **{f"a reply, {number}": (quoting(one), W, ENDS) for number, one in enumerate(CONFIRMED)},
    "a reply below": (plain(f"02.03.2026 14:05, Центр пишет:\n> {OLD}\n\n{ENDS}"), W, ENDS),
    "a time and a colon are no heading": (
        plain("Мастер в 14:05 написал:\nзавтра починим."), W,
        "Мастер в 14:05 написал:\nзавтра починим."),
    "fields of one's own": (
        plain("Тема: яма\nКому: мэру\nНа улице Полевой."), W,
        "Тема: яма\nКому: мэру\nНа улице Полевой."),
    "a report of Gmail": (
        mixed(part("Нет такого."), part("Reporting-MTA: dns; g.example\n\nAction: failed\n",
              "Content-Type: message/delivery-status"),
              kind="report", more='; report-type="delivery-status"'), B, "Нет такого."),
    "a report that does not say so": (
        mixed(part("Нет такого."),
              part("Action: failed\n", "Content-Type: message/delivery-status"), kind="report"),
        B, "Нет такого."),
    "a receipt that does not say so": (
        mixed(part("Прочитано."), part("Disposition: manual-action/MDN-sent-manually; displayed\n",
              "Content-Type: message/disposition-notification"), kind="report"),
        Kind.RECEIPT, "Прочитано."),
    "a person sends a report on": (
        mixed(part("Не дошло."), part("Action: failed\n", "Content-Type: message/delivery-status")),
        W, "Не дошло."),
    "spaces before a colon": (
        letter("Content-Type : text/plain; charset=koi8-r", charset="koi8-r"), W, HOLE),
    "a report of Yandex": (
        letter("Subject: " + word("Недоставленное сообщение", "utf-8"), body="сбой",
               sender="From: mailer-daemon@yandex.example"), B, "сбой"),
    "a report of old Exchange": (
        letter("Subject: " + word("Недоставляемо: Ответ", "utf-8"), body="сбой",
               sender="From: postmaster@org.example"), B, "сбой"),
    "said twice": (letter("Auto-Submitted: no", "Auto-Submitted: auto-replied"), A, HOLE),
    "posts to a list": (letter("List-Post: <mailto:a@list.example>"), L, HOLE),
    **{one: (answer(one), A, "Отпуск.") for one in ABROAD},
    "a complaint about what is missing": (
        answer("Re: Отсутствует: фонарь", body="Его нет."), W, "Его нет."),
    "a complaint about leave": (
        answer("Re: On leave the road is bad", body="Плохо."), W, "Плохо."),
}  # fmt: skip
