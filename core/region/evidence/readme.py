"""The README of a package: how to check it by hand, with `sha256sum` and `openssl` alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.kernel.sealing.verifier import ANSWER

HEAD = """Пакет доказательств: {subject}, регион {region}, составлен {at}.

Проверить целиком (код 0 или 1, на последней строке — что не сходится):

    python verifier.py ПАКЕТ anchors.json

Программа проверки и якоря приходят с выпуском; из пакета их не берут. Ниже — то же руками, в
папке, куда распакован пакет. Открытый ключ региона — region.pem, корни служб меток времени —
stamps.pem, корни удостоверяющих центров — signers.pem.

Хэши частей:

    sha256sum -c SHA256SUMS

Подпись региона под описью:

    openssl pkeyutl -verify -pubin -inkey region.pem -rawin -in manifest.json -sigfile manifest.sig
"""
STAMPED = """
Метка времени под {data}, на её собственный момент:

    at=$(date -u -d "$(openssl ts -reply -in {stamp} -text | sed -n 's/^Time stamp: //p')" +%s)
    openssl ts -verify -in {stamp} -data {data} -CAfile stamps.pem -attime $at
"""
SIGNED = """
Подпись {part} под {content}, решение {decision}, на момент подписания{lists}:

    cat signers.pem {folder}/lists.pem > {folder}/trusted
    openssl cms -verify -inform DER -in {part} -content {content} -binary \\
        -CAfile {folder}/trusted{check} -purpose any -attime {seconds} -out /dev/null
"""
LISTS = """; сертификаты ни в одном из
приложенных к ней списков отозванных не стоят"""
ANSWERED = """
Ответ о сертификате {part}: подпись ответа верна, номер сертификата и «good» названы в нём самом:

    openssl ocsp -respin {part} -CAfile {folder}/trusted -verify_other {folder}/chain.pem \\
        -attime {seconds} -resp_text
"""
RENEWED = """
Метка времени {stamp} под хэшами того, что удостоверяет подпись решения {decision}:

    openssl dgst -sha256 -binary {over} > {folder}/over
    at=$(date -u -d "$(openssl ts -reply -in {stamp} -text | sed -n 's/^Time stamp: //p')" +%s)
    openssl ts -verify -in {stamp} -data {folder}/over -CAfile stamps.pem -attime $at
"""


def readme(
    head: Mapping[str, str],
    stamps: Sequence[tuple[str, str]],
    signatures: Sequence[Mapping[str, Any]],
) -> str:
    """`stamps` are a stamp and what it stamps, `signatures` as the case has them."""
    parts = [HEAD.format(**head)]
    parts += [STAMPED.format(stamp=stamp, data=data) for stamp, data in stamps]
    return "".join([*parts, *(words for one in signatures for words in _of(one))])


def _of(one: Mapping[str, Any]) -> Iterator[str]:
    """How a signature is checked, then each of its stamps over all that is before it."""
    answers = [part for part in one["kept"] if part.endswith(ANSWER)]
    words = {"lists": "", "check": ""} if answers else {"lists": LISTS, "check": " -crl_check_all"}
    for part, content in one["signed"].items():
        folder = part.rpartition("/")[0]
        yield SIGNED.format(**one, **words, part=part, content=content, folder=folder)
    for part in answers:
        folder = part.rpartition("/")[0]
        yield ANSWERED.format(part=part, folder=folder, seconds=one["seconds"])
    over = [*sorted(one["signed"]), *one["kept"]]
    for stamp in one["stamps"]:
        folder, names = stamp.rpartition("/")[0], " ".join(over)
        yield RENEWED.format(stamp=stamp, over=names, folder=folder, decision=one["decision"])
        over.append(stamp)
