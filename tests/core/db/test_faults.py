"""What a database says when it cannot answer."""

from __future__ import annotations

from asyncpg import ClientConfigurationError  # type: ignore[import-untyped]

from core.db.embedded import Embedded
from core.db.faults import ended, outage, told


def test_errors_of_either_driver_are_told_alike() -> None:
    module = Embedded(sealed=True).module
    busy, late = map(module.OperationalError, ("database is locked", "interrupted"))
    wrong = module.IntegrityError("UNIQUE constraint failed: locked")
    said = "базу долго держит другой процесс: завершите его или повторите"
    assert (outage(busy), told(busy)) == (said, said)
    assert (outage(wrong), ended(late), ended(busy)) == (None, True, False)


def test_a_certificate_that_is_not_there_is_no_silent_server_and_no_misspelt_address() -> None:
    words = 'root certificate file "/home/x/.postgresql/root.crt" does not exist'
    root = "нет корневого сертификата, с которым сверяют сервер: назовите его файл в sslrootcert"
    assert told(ClientConfigurationError(words)) == root
    assert told(ClientConfigurationError("invalid DSN")) == "адрес не разбирается"
