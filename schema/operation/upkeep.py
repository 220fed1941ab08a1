"""How the installation does, as the API shows it: no folder, no address, no setting."""

from datetime import datetime

import strawberry

from core.region.upkeep.disks import Held
from core.region.upkeep.states import State
from schema.graphql.fields import field


@strawberry.type(description="Задания одного вида")
class JobKind:
    """Resolved from `core.worker.lag.Kind`."""

    name: str = field("Какое задание")
    title: str = field("Как его называют")
    waiting: int = field("Сколько ждёт сверх срока")
    seconds: float = field("Сколько секунд ждёт первое из них; 0, если не ждёт ни одно")
    late: bool = field("Ждёт ли дольше, чем может при исправной работе")
    ended_at: datetime | None = field("Когда такое выполнено в последний раз за семь дней")


@strawberry.type(description="Печать журнала")
class SealingState:
    """Resolved from `core.region.upkeep.seals.Seals`."""

    state: State = field("Успевает ли она")
    waiting: int = field("Сколько строк ждёт печати")
    seconds: float = field("Сколько секунд ждёт первая из них; 0, если не ждёт ни одна")
    most_waiting: int = field("Сколько строк может ждать")
    most_seconds: float = field("Сколько секунд может ждать строка")
    size: int = field("Сколько строк под последним подписанным корнем")
    root: str | None = field("Этот корень, шестнадцатеричными цифрами; пусто, пока его нет")
    signed_at: datetime | None = field("Когда он подписан")
    witnessed_at: datetime | None = field("Когда журнал последний раз подписал свидетель")
    stamped_at: datetime | None = field("Когда журнал последний раз получил метку времени")


@strawberry.type(description="Место на диске, который виден программе")
class DiskRoom:
    """Resolved from `core.region.upkeep.disks.Disk`."""

    holds: list[Held] = field("Что на нём лежит")
    free: float = field("Сколько байтов свободно")
    total: float = field("Сколько их всего")
    state: State = field("Хватает ли свободного")


@strawberry.type(description="Последняя резервная копия региона и её проба")
class BackupState:
    """Resolved from `core.region.upkeep.copies.Copy`."""

    state: State = field("Не стара ли она")
    text: str = field("Что о ней сказать и что сделать")
    made_at: datetime | None = field("Когда снята; пусто, если не снималась")
    keys: bool = field("Снималась ли когда-нибудь копия вместе с ключами")
    drilled_at: datetime | None = field("Когда копию последний раз восстановили для пробы")
    drilled_of: datetime | None = field("Когда была снята опробованная копия")
    drill: str | None = field("Что сделать, если последняя копия не опробована")


@strawberry.type(description="Как держится установка, на этот момент")
class Upkeep:
    """Resolved from `core.worker.upkeep.Upkeep`."""

    queue: list[JobKind] = field("Виды заданий, сначала те, что ждут дольше")
    sealing: SealingState = field("Печать журнала")
    disks: list[DiskRoom] = field("Диски с данными, вложениями и копиями, каждый один раз")
    backup: BackupState = field("Последняя копия")
    version: str = field("Версия программы")
    revisions: list[str] = field("Версии таблиц")
