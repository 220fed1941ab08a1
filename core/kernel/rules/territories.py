"""The register of municipalities: what stands on a day, what it was called, what took its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from core.kernel.rules.passport import Municipality
from core.law.days import holds
from core.law.intervals import Span, meet, span
from core.law.loose import LooseEnd
from core.law.rulebook import Rulebook


def standing(rules: Rulebook, said: str, on: date) -> Municipality | None:
    """The municipality of a key, ОКТМО code or name, old ones too, as it stands on a local day.

    A code or name that two have borne means who bears it that day. What has ended is whatever
    alone took its place; None where several did or there is no such municipality.
    """
    if (place := rules.find(Municipality, said, on)) is not None:
        return place
    known, word = rules.history(Municipality), folded(said)
    bearing = [place for place in known if place.holds(on) and word in _words(place, on)]
    ever = [place for place in known if word in _words_ever(place)]
    keys = dict.fromkeys(place.key for place in bearing or ever)
    found = {key for each in keys for key in successors(rules, each, on)}
    return rules.find(Municipality, found.pop(), on) if len(found) == 1 else None


def successors(rules: Rulebook, key: str, on: date) -> tuple[str, ...]:
    """The keys that stand on a local day in the place of this one: itself while it stands."""
    if rules.find(Municipality, key, on) is not None:
        return (key,)
    editions = [place for place in rules.history(Municipality) if place.key == key]
    ends = [reform for place in editions[-1:] for reform in place.reforms if reform.on <= on]
    heirs = ends[-1].successors if ends else ()
    return tuple(dict.fromkeys(key for heir in heirs for key in successors(rules, heir, on)))


def named(rules: Rulebook, key: str, on: date) -> Municipality | None:
    """The municipality as it stood on a local day; one that has ended, as it stood last."""
    if (place := rules.find(Municipality, key, on)) is not None:
        return place
    editions = [place for place in rules.history(Municipality) if place.key == key]
    begun = [place for place in editions if holds(place.since, None, on)]
    return next(iter(begun[-1:]), None)


def doubled_codes(rules: Rulebook) -> Iterator[LooseEnd]:
    """Each ОКТМО code that two municipalities bear on one day: nobody could say which it is."""
    borne: dict[str, list[tuple[Municipality, Span]]] = {}
    for place in rules.history(Municipality):
        for code in place.codes:
            days = (code.since or date.min, code.until or date.max)
            bearers = borne.setdefault(code.oktmo, [])
            for other, theirs in bearers:
                if other.key != place.key and meet(_both(days, place), _both(theirs, other)):
                    said = f"{place.clause.ref} ({place.clause.title}): код ОКТМО «{code.oktmo}»"
                    text = f"{said} стоит и у «{other.key}», и у «{place.key}»"
                    yield LooseEnd(place, text)
            bearers.append((place, days))


def _both(days: Span, place: Municipality) -> Span:
    """The days on which the code is in force and the municipality stands."""
    since, until = span(place)
    return max(days[0], since), min(days[1], until)


def folded(name: str) -> str:
    """A name without the differences that do not make another one."""
    return " ".join(name.casefold().replace("ё", "е").split())


def _words(place: Municipality, on: date) -> Iterable[str]:
    return (folded(place.name), place.oktmo(on))


def _words_ever(place: Municipality) -> Iterable[str]:
    return (folded(place.name), *(code.oktmo for code in place.codes))
