"""Attachments as the API shows them."""

from datetime import datetime
from typing import Any

import strawberry

from core.attachments import model
from core.attachments.kinds import CopyState, FileKind, Hold, Origin, ScanState, Unchecked
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import Node
from schema.graphql.resolvers import derived


@strawberry.type(description="Файл в архиве, как его называет оглавление архива")
class ArchiveEntry:
    """Resolved from `Listed`."""

    name: str = field("Имя с папками")
    size: int = field("Размер в байтах после распаковки, как его называет архив")


@strawberry.type(description="Место съёмки")
class Place:
    """Degrees to the north and to the east."""

    latitude: float = field("Широта")
    longitude: float = field("Долгота")


@derived(model.Attachment.owner_id, model.Attachment.name)
def _name(root: model.Attachment, info: Info) -> str:
    info.context.disclosed.add(root.owner_id)
    return root.name


@derived(model.Attachment.owner_id, model.Attachment.given_name)
def _given_name(root: model.Attachment, info: Info) -> str:
    info.context.disclosed.add(root.owner_id)
    return root.given_name


def _digest(root: strawberry.Parent[model.Attachment], info: Info) -> str:
    return str(_about(root, info)["digest"])


def _entries(root: strawberry.Parent[model.Attachment], info: Info) -> list[ArchiveEntry]:
    info.context.disclosed.add(root.owner_id)
    listed = _about(root, info).get("entries", [])
    return [ArchiveEntry(name=name, size=size) for name, size in listed]


def _place(root: strawberry.Parent[model.Attachment], info: Info) -> Place | None:
    if root.sealed_place is None:
        return None
    info.context.disclosed.add(root.owner_id)
    return Place(**info.context.region.keys.unseal(root.sealed_place))


def _about(root: model.Attachment, info: Info) -> dict[str, Any]:
    return {} if root.sealed is None else info.context.region.keys.unseal(root.sealed)


@strawberry.type(description="Вложение: файл обращения; сам он отдаётся по своему адресу")
class Attachment(Node):
    """Resolved from rows; the file is at `/<region>/attachments/<id>`."""

    name: str = field("Имя, под которым файл сохраняют; чтение остаётся в журнале", _name)
    given_name: str = field(
        "Имя, как его дали; невидимые знаки названы кодами; чтение остаётся в журнале", _given_name
    )
    kind: FileKind = field("Что это по содержанию")
    size: int = field("Размер в байтах")
    origin: Origin = field("Откуда")
    state: ScanState = field("Что сказал антивирус")
    unchecked: Unchecked | None = field("Почему не проверен; null, если проверен или ждёт")
    scanned_at: datetime | None = field("Когда антивирус ответил")
    hold: Hold | None = field("Почему открывается только с причиной, что бы ни сказал антивирус")
    copy_state: CopyState = field("Готова ли копия изображения без сведений о съёмке")
    added_at: datetime = field("Когда приложен")
    added_by: str = field("Кто приложил: имя в системе входа")
    digest: str = field("SHA-256 содержания, как оно получено", _digest)
    place: Place | None = field(
        "Где снято изображение: предлагается, пока не сказано, место ли это обращения", _place
    )
    entries: list[ArchiveEntry] = field(
        "Что лежит в архиве ZIP, не больше тысячи; архив не распаковывается", _entries
    )

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of attachments are this type."""
        return isinstance(value, model.Attachment)
