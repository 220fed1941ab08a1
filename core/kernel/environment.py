"""Names and words of the environment: secrets out of files, names nobody knows, faults in Russian.

A secret `TSUR_X` may stand in a file that `TSUR_X_FILE` names, or in the folder of systemd's
credentials under its own name. No message quotes a value.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.unreadable import why
from core.law.russian import nearest

PREFIX = "TSUR_"
FILE = "_FILE"
CREDENTIALS = "CREDENTIALS_DIRECTORY"
ELSEWHERE = ("TSUR_TEST_", "TSUR_FUZZ_", "TSUR_BACKUP_PASSPHRASE")
"""What tests are told, and what one command alone reads."""
_ALIKE = str.maketrans("АВЕКМНОРСТУХ-", "ABEKMHOPCTYX_")
LARGEST_SECRET = 100_000
QUOTED = re.compile("'(.*?)'")


def _whole(number: float) -> float:
    """The number as people write it: 600, not 600.0."""
    return int(number) if float(number).is_integer() else number


WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "greater_than": lambda said: f"нужно число больше {_whole(said['gt'])}",
    "greater_than_equal": lambda said: f"нужно число не меньше {_whole(said['ge'])}",
    "less_than_equal": lambda said: f"нужно число не больше {_whole(said['le'])}",
    "less_than": lambda said: f"нужно число меньше {_whole(said['lt'])}",
    "int_parsing": lambda said: "нужно целое число",
    "int_from_float": lambda said: "нужно целое число",
    "float_parsing": lambda said: "нужно число",
    "finite_number": lambda said: "нужно число",
    "bool_parsing": lambda said: "нужно true или false",
    "literal_error": lambda said: "бывает только: " + _chosen(said["expected"]),
    **dict.fromkeys(
        ("date_parsing", "date_from_datetime_parsing"), lambda said: "нужен день: 2026-12-31"
    ),
    "too_short": lambda said: f"нужно знаков не меньше {said['min_length']}",
    "string_too_short": lambda said: f"нужно знаков не меньше {said['min_length']}",
    "value_error": lambda said: str(said["error"]),
}
"""How a fault of pydantic's is said, by its type."""

RATE = "нужно off или число в second, minute или hour: 600/minute"
MAILBOX = "нужен адрес почты латинскими буквами: otvet@region.example"
SHAPES: Mapping[str, str] = {
    "queue_prefix": "нужны строчные латинские буквы, цифры, точка, дефис, подчёркивание",
    "oidc_issuer": "нужен адрес издателя: https://login.region.example/realms/centre",
    "public_url": "нужен адрес без косой черты в конце: https://tsur.region.example",
    **dict.fromkeys(("rate_actor", "rate_address", "rate_logins", "rate_links"), RATE),
    "witness_name": "нужно не больше 100 латинских букв, цифр, точек, дефисов",
    "timestamp_url": "нужен адрес службы: https://tsa.region.example",
    "smtp_host": "нужно имя или адрес сервера: mail.region.example",
    "host": "нужно имя или адрес сервера: mail.region.example",
    "mail_from": MAILBOX,
    "mail_return": MAILBOX,
    "clamd": "нужно узел:порт или unix:/путь",
}
"""What a setting looks like, by its name: nobody who installs reads a pattern."""


class SecretFiles(PydanticBaseSettingsSource):
    """Gives a model's `secrets` out of files."""

    def __init__(self, model: type[BaseSettings], secrets: Iterable[str], prefix: str) -> None:
        super().__init__(model)
        self._secrets, self._prefix = tuple(secrets), prefix

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Not asked one by one."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """The secrets that stand in files; Refusal(INVALID) for a file that cannot be read."""
        given = ((name, secret_text(self._prefix + name.upper())) for name in self._secrets)
        return {name: text for name, text in given if text is not None}


class WithSecrets(BaseSettings):
    """Settings some of which are secrets: those are taken from files too."""

    secrets: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the program gives, then variables, then files."""
        prefix = str(getattr(env_settings, "env_prefix", PREFIX)).upper()
        return init_settings, env_settings, SecretFiles(settings_cls, cls.secrets, prefix)


def secret_text(variable: str) -> str | None:
    """What the file of a secret says, without the space around it; None where there is no file.

    Refusal(INVALID) where a variable gives the secret as well: nobody can tell which is meant;
    and where the name is empty, for then another database or key would be taken in its place.
    """
    named = os.environ.get(variable + FILE)
    if named and os.environ.get(variable):
        text = f"Заданы и {variable}, и {variable + FILE}: оставьте одно из двух"
        raise Refusal(RefusalCode.INVALID, text)
    if named is not None and not named.strip():
        raise Refusal(RefusalCode.INVALID, f"{variable + FILE}: файл не назван")
    if named:
        return _read(Path(named), variable + FILE)
    folder = os.environ.get(CREDENTIALS)
    if folder and (path := Path(folder) / variable).is_file():
        return _read(path, variable)
    return None


def known_names(model: type[BaseSettings], prefix: str, secrets: Iterable[str]) -> set[str]:
    """The variables of a model: one a field, and `_FILE` beside it for a secret."""
    names = {prefix + name.upper() for name in model.model_fields}
    return names | {prefix + name.upper() + FILE for name in secrets}


def require_known(known: set[str]) -> None:
    """Refuse a variable TSUR_* that no setting reads, with the one that was probably meant."""
    for name in sorted(os.environ):
        spelt, read = name.upper(), name.upper().translate(_ALIKE)
        if not read.startswith(PREFIX) or spelt.startswith(ELSEWHERE) or spelt in known:
            continue
        like = nearest(read, sorted(known))
        hint = f"; похожая: {like}" if like else ""
        raise Refusal(RefusalCode.INVALID, f"Настройки {name} нет{hint}")


def refused(error: ValidationError, prefix: str) -> Refusal:
    """The faults of settings in one line: each variable, and what may stand in it."""
    wrong = "; ".join(f"{_variable(one, prefix)}: {_words(one)}" for one in error.errors())
    return Refusal(RefusalCode.INVALID, f"Неверные настройки: {wrong}")


def _variable(fault: Any, prefix: str) -> str:
    return prefix + ("_".join(map(str, fault["loc"])).upper() or "*")


def _words(fault: Any) -> str:
    if fault["type"] == "string_pattern_mismatch":
        return SHAPES[fault["loc"][-1]]
    say = WORDS.get(fault["type"])
    return say(fault.get("ctx", {})) if say else "такого значения быть не может"


def _chosen(expected: str) -> str:
    """«any» или «only», as the library names them in English."""
    return QUOTED.sub(r"«\1»", expected).replace(" or ", " или ")


def _read(path: Path, variable: str) -> str:
    try:
        raw = path.read_bytes()
        if len(raw) > LARGEST_SECRET:
            raise ValueError
        said = raw.decode("utf-8-sig").strip()  # as Windows' editors write it
    except OSError as error:
        text = f"{variable}: файл не читается ({why(error)})"
        raise Refusal(RefusalCode.INVALID, text) from None
    except ValueError:
        text = f"{variable}: в файле не текст или его слишком много"
        raise Refusal(RefusalCode.INVALID, text) from None
    if not said:  # a key would be made in its place
        raise Refusal(RefusalCode.INVALID, f"{variable}: файл пуст")
    return said
