"""Why the operating system gave no file, in Russian: its own words are in another language."""

from __future__ import annotations

import errno

REASONS = {
    errno.ENOENT: "такого нет",
    errno.EACCES: "нет права",
    errno.EPERM: "нет права",
    errno.EISDIR: "это папка",
    errno.ENOTDIR: "часть пути не папка",
    errno.EEXIST: "такой уже есть",
    errno.ENAMETOOLONG: "имя слишком длинное",
    errno.ELOOP: "ссылки ведут по кругу",
    errno.ENOSPC: "на диске нет места",
    errno.EDQUOT: "на диске нет места",
    errno.EROFS: "диск открыт только для чтения",
    errno.EIO: "диск отвечает ошибкой",
    errno.EMFILE: "открыто слишком много файлов",
    errno.ENFILE: "открыто слишком много файлов",
    errno.EBUSY: "занято другой программой",
    **dict.fromkeys(
        (
            errno.ECONNREFUSED, errno.ECONNRESET, errno.EPIPE, errno.ETIMEDOUT,
            errno.EHOSTUNREACH, errno.ENETUNREACH,
        ),
        "на том конце не отвечают",
    ),
}  # fmt: skip


def why(error: OSError) -> str:
    """The reason in a few words; of one that is not known, its number."""
    if isinstance(error, TimeoutError):
        return REASONS[errno.ETIMEDOUT]
    return REASONS.get(error.errno or 0) or f"ошибка системы {error.errno or type(error).__name__}"
