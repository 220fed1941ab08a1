"""The README of a package: how to check it by hand, with `sha256sum` and `openssl` alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
Подпись решения {decision} на подлиннике, на момент подписания:

    openssl cms -verify -inform DER -in {part} -content {original} -binary \\
        -CAfile signers.pem -purpose any -attime {seconds} -out /dev/null
"""


def readme(
    head: Mapping[str, str],
    stamps: Sequence[tuple[str, str]],
    signatures: Sequence[Mapping[str, Any]],
) -> str:
    """`stamps` are a stamp and what it stamps, `signatures` as the case has them."""
    parts = [HEAD.format(**head)]
    parts += [STAMPED.format(stamp=stamp, data=data) for stamp, data in stamps]
    parts += [SIGNED.format(**one) for one in signatures]
    return "".join(parts)
