"""Opening a region: layers are loaded, their hooks called once, their law compiled."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from core.db.database import Database
from core.db.files import close_folder
from core.kernel.calendars import OfficialCalendar
from core.kernel.keyring import DATABASE_FILE
from core.kernel.keys import Keys, open_keys
from core.kernel.region import Clock, Region
from core.kernel.rules.territories import doubled_codes
from core.kernel.settings import RegionSettings, Settings
from core.law.fault import LawError
from core.law.loose import loose_ends, unknown_names
from core.law.merge import UnfitRule
from core.law.provenance import file_of
from core.law.rulebook import Rulebook, compile_rulebook
from core.region.catalogue import catalogue_of, handlers_of
from core.region.keyring.at_rest import embedded
from core.region.layers import LoadedLayer, answered, layers_of, packages_of
from core.subscriptions.outbox import write_messages


def open_region(
    code: str, settings: Settings, *, clock: Clock | None = None, make_keys: bool | None = None
) -> Region:
    """Compile the law of the region and open its database; a fault of the law stops here.

    Keys that are missing are made where `make_keys` says so; unsaid, everywhere but in production.
    Raises Refusal(UNKNOWN_REGION or INVALID) or LawError.
    """
    name = code.rpartition(".")[2]
    layers = layers_of(code, settings)
    rules = _compile(layers)
    events = catalogue_of(layers)
    own = RegionSettings.of(name)
    folder = settings.data_dir / name
    making = not settings.production if make_keys is None else make_keys
    keys = open_keys(own, folder, make=making)
    return Region(
        code=name,
        settings=settings,
        own=own,
        rules=rules,
        jobs={job.name: job for job in answered(layers, "jobs")},
        events=events,
        handlers=handlers_of(layers, events),
        versions=_versions(layers),
        directories=answered(layers, "directories"),
        boards=answered(layers, "boards"),
        database=open_database(name, own, settings, keys),
        keys=keys,
        calendar=OfficialCalendar(rules),
        clock=clock or (lambda: datetime.now(UTC)),
        packages=packages_of(code, settings),
        graphql=answered(layers, "graphql_parts"),
        outbox=write_messages,
    )


def open_database(name: str, own: RegionSettings, settings: Settings, keys: Keys) -> Database:
    """The region's database by its settings, or the embedded one; it connects when asked."""
    url, folder = own.database_url, settings.data_dir / name
    if url is None:
        close_folder(folder)
        url = f"sqlite+aiosqlite:///{folder / DATABASE_FILE}"
    return Database(
        url,
        pool_size=settings.pool_size,
        pooled=own.pooled,
        seconds=settings.max_seconds,
        embedded=embedded(folder, keys, sealed=settings.seal_texts),
    )


def rulebook_of(code: str, settings: Settings) -> Rulebook:
    """The law of the region alone, compiled; LawError says why it does not compile."""
    return _compile(layers_of(code, settings))


def _compile(layers: Sequence[LoadedLayer]) -> Rulebook:
    law = [layer.law for layer in layers]
    given = {"Body": frozenset(_bodies(answered(layers, "directories")))}
    try:
        rulebook = compile_rulebook(law)
    except UnfitRule as unfit:
        beside = (rule for layer in law for rule in layer.rules)
        why = dict.fromkeys(unknown_names(unfit.rule, beside, given))
        file = file_of(unfit.rule, law)
        if why:
            raise LawError("\n".join(f"{file}: {line}" for line in why)) from None
        raise unfit.at(file) from None
    except Exception as error:  # a kind of the region's own compares itself as it will
        raise layers[-1].place.fault(error) from error
    found = (*loose_ends(rulebook, given), *doubled_codes(rulebook))
    ends = (f"{file_of(end.rule, law)}: {end.text}" for end in found)
    if lines := "\n".join(dict.fromkeys(ends)):
        raise LawError(lines)
    return rulebook


def _bodies(files: Iterable[Path]) -> Iterable[str]:
    """The keys of bodies that no act names: data of the layers' directories."""
    for path in files:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from (row.get("key") or "" for row in csv.DictReader(file))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise LawError(f"справочник не читается: {type(error).__name__}", str(path)) from error


def _versions(layers: Iterable[LoadedLayer]) -> dict[str, Path]:
    return {layer.name: folder for layer in layers for folder in layer.answers("migrations")}
