"""Which steps are taken with many cases at once, what each asks, and how it is taken with one.

What the law has decided for each case by itself is not among them: an answer's words, a
prolongation, leaving without an answer. Sent are those that need no number of the post.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass

from core.appeals import answers, handover
from core.appeals.delivery import dispatches, signatures
from core.appeals.delivery.dispatches import NewDispatch
from core.appeals.delivery.signatures import NewSignature
from core.appeals.executors import ENTRUST, name_executor
from core.appeals.model import Appeal
from core.appeals.rules.signatures import SignatureKind, Way
from core.appeals.step import Step
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.russian import Code


class Deed(Code):
    """A step that may be taken with many cases at once."""

    ROUTE = "route", "направить органу из очереди координатора"
    ACCEPT = "accept", "принять в работу"
    RETURN = "return", "вернуть тому, кто передал, или координатору"
    TRANSFER = "transfer", "передать другому органу"
    ENTRUST = "entrust", "назвать исполнителя"
    SIGN = "sign", "подписать подготовленный ответ"
    SEND = "send", "отправить подписанный ответ каналом обращения"
    CLOSE = "close", "закрыть отвеченное"


@dataclass(frozen=True, slots=True)
class Given:
    """What is said with the step, the same for every case: a body by key, a person by id."""

    body: str | None = None
    person: int | None = None
    reason: str | None = None
    results: bool = False
    signature: SignatureKind | None = None

    def kept(self) -> dict[str, object]:
        """As plain JSON."""
        return asdict(self)


Run = Callable[[Work, int, Given, int], Awaitable[Appeal]]
"""Takes the step with one case as it stood at this version."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a deed is done: the step, what of `Given` it asks, and what else it lets be said."""

    step: Step
    run: Run
    asks: tuple[str, ...] = ()
    lets: tuple[str, ...] = ()


def told(kept: Mapping[str, object] | None) -> Given:
    """What was said, out of what was kept of it."""
    found = dict(kept or {})
    signature = found.pop("signature", None)
    return Given(
        signature=None if signature is None else SignatureKind(str(signature)),
        **found,  # type: ignore[arg-type]
    )


def check_said(kind: Kind, given: Given) -> Given:
    """Refuse what leaves out something that the step asks; what it does not ask is left out."""
    named = {
        "body": (RefusalCode.INVALID, "Выберите орган"),
        "person": (RefusalCode.INVALID, "Выберите сотрудника"),
        "signature": (RefusalCode.NOT_SIGNED, "Выберите вид подписи"),
    }
    said = {name: getattr(given, name) for name in (*kind.asks, *kind.lets)}
    for name in kind.asks:
        if name == "reason":
            said[name] = reasoned(given.reason or "", None)
        elif not said[name]:
            raise Refusal(*named[name])
    return Given(**said)


async def _route(work: Work, number: int, given: Given, version: int) -> Appeal:
    body, reason = given.body or "", given.reason or ""
    return await handover.route(
        work, number, body, reason, results=given.results, expected_version=version
    )


async def _accept(work: Work, number: int, _given: Given, version: int) -> Appeal:
    return await handover.accept(work, number, expected_version=version)


async def _return(work: Work, number: int, given: Given, version: int) -> Appeal:
    return await handover.return_case(work, number, given.reason or "", expected_version=version)


async def _transfer(work: Work, number: int, given: Given, version: int) -> Appeal:
    body, reason = given.body or "", given.reason or ""
    return await handover.transfer(
        work, number, body, reason, results=given.results, expected_version=version
    )


async def _entrust(work: Work, number: int, given: Given, version: int) -> Appeal:
    return await name_executor(work, number, given.person or 0, expected_version=version)


async def _sign(work: Work, number: int, given: Given, version: int) -> Appeal:
    new = NewSignature(given.signature or SignatureKind.HANDWRITTEN)
    return await signatures.sign(work, number, new, expected_version=version)


async def _send(work: Work, number: int, _given: Given, version: int) -> Appeal:
    new = NewDispatch(Way.ELECTRONIC)
    return await dispatches.send(work, number, new, expected_version=version)


async def _close(work: Work, number: int, _given: Given, version: int) -> Appeal:
    return await answers.close(work, number, expected_version=version)


KINDS: dict[Deed, Kind] = {
    Deed.ROUTE: Kind(handover.ROUTE, _route, ("body", "reason"), ("results",)),
    Deed.ACCEPT: Kind(handover.ACCEPT, _accept),
    Deed.RETURN: Kind(handover.RETURN, _return, ("reason",)),
    Deed.TRANSFER: Kind(handover.TRANSFER, _transfer, ("body", "reason"), ("results",)),
    Deed.ENTRUST: Kind(ENTRUST, _entrust, ("person",)),
    Deed.SIGN: Kind(signatures.SIGN, _sign, ("signature",)),
    Deed.SEND: Kind(dispatches.SEND, _send),
    Deed.CLOSE: Kind(answers.CLOSE, _close),
}
