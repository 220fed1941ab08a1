"""What is said of a file: of what kind it is, where it came from, how far it was checked."""

from __future__ import annotations

from core.law.russian import Code


class FileKind(Code):
    """What a file is by its content, whatever its name says; its value is the usual extension."""

    JPEG = "jpg", "изображение JPEG"
    PNG = "png", "изображение PNG"
    WEBP = "webp", "изображение WebP"
    GIF = "gif", "изображение GIF"
    HEIC = "heic", "изображение HEIC"
    TIFF = "tiff", "изображение TIFF"
    BMP = "bmp", "изображение BMP"
    PDF = "pdf", "документ PDF"
    DOCX = "docx", "документ Word"
    XLSX = "xlsx", "книга Excel"
    PPTX = "pptx", "презентация PowerPoint"
    ODT = "odt", "документ OpenDocument"
    ODS = "ods", "таблица OpenDocument"
    ODP = "odp", "презентация OpenDocument"
    DOC = "doc", "документ Word прежнего вида"
    XLS = "xls", "книга Excel прежнего вида"
    PPT = "ppt", "презентация PowerPoint прежнего вида"
    RTF = "rtf", "документ RTF"
    TXT = "txt", "текст"
    CSV = "csv", "таблица текстом"
    ZIP = "zip", "архив ZIP"
    RAR = "rar", "архив RAR"
    SEVEN_ZIP = "7z", "архив 7-Zip"
    MP3 = "mp3", "звукозапись MP3"
    WAV = "wav", "звукозапись WAV"
    OGG = "ogg", "запись OGG"
    AMR = "amr", "звукозапись AMR"
    M4A = "m4a", "звукозапись M4A"
    MP4 = "mp4", "видеозапись MP4"
    MOV = "mov", "видеозапись QuickTime"
    THREE_GP = "3gp", "видеозапись 3GP"
    AVI = "avi", "видеозапись AVI"
    WEBM = "webm", "видеозапись WebM"
    SIGNATURE = "p7s", "отсоединённая подпись"
    MESSAGE = "eml", "электронное письмо"
    OTHER = "bin", "иной файл из письма"

    @property
    def is_picture(self) -> bool:
        """Whether others are shown a cleaned copy in its place."""
        return self in PICTURES


PICTURES = frozenset(
    {
        FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.GIF, FileKind.HEIC, FileKind.TIFF,
        FileKind.BMP,
    }
)  # fmt: skip


class Origin(Code):
    """Whose file it is."""

    APPLICANT = "applicant", "приложен заявителем"
    OFFICIAL = "official", "приложен сотрудником"
    LETTER = "letter", "пришёл в письме"
    MADE = "made", "составлен системой"


class ScanState(Code):
    """What the antivirus says; only CLEAN was read by it to the end and found harmless."""

    WAITING = "waiting", "ждёт проверки"
    CLEAN = "clean", "проверен, вредоносного не найдено"
    INFECTED = "infected", "найдено вредоносное"
    UNCHECKED = "unchecked", "не проверен"


class Unchecked(Code):
    """Why the antivirus has not said anything that counts."""

    NONE = "none", "антивирус не подключён"
    SILENT = "silent", "антивирус не ответил"
    CUT = "cut", "антивирус прервал проверку"
    TOO_BIG = "too-big", "файл больше предела антивируса"
    FAULT = "fault", "антивирус ответил ошибкой"
    BLIND = "blind", "антивирус не говорит, когда прочёл не всё"
    MISSING = "missing", "файла нет на месте или он повреждён"


class Hold(Code):
    """What keeps a file from being opened without a reason, whatever the antivirus says."""

    SCRIPT = "script", "в документе есть сценарий"
    MACRO = "macro", "в документе есть макросы"
    ENCRYPTED = "encrypted", "содержание зашифровано, проверить его нельзя"
    INSIDE = "inside", "в архиве есть программа, другой архив или имя с путём наружу"
    TYPE = "type", "тип не из перечня разрешённых"
    DISGUISED = "disguised", "содержание не то, о котором говорит имя"
    ARCHIVE = "archive", "архив повреждён или разворачивается сверх меры"


class Form(Code):
    """As what a file is given: as it came, without what others need not know, or small."""

    ORIGINAL = "original", "как получен"
    COPY = "copy", "копия без сведений о съёмке"
    PREVIEW = "preview", "уменьшенное изображение"


class CopyState(Code):
    """How far the copy of a picture is."""

    NONE = "none", "копия не нужна"
    WAITING = "waiting", "копия готовится"
    MADE = "made", "копия готова"
    FAILED = "failed", "копию сделать нельзя"
