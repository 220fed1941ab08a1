"""The one way to say no: a typed refusal in Russian, with its clause where law speaks."""

from __future__ import annotations

from enum import StrEnum

from core.rules.act import Clause


class RefusalCode(StrEnum):
    """Why something was refused; front ends branch on the code, people read the text."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    INVALID = "INVALID"
    UNKNOWN_REGION = "UNKNOWN_REGION"
    UNKNOWN_THEME = "UNKNOWN_THEME"
    UNKNOWN_CHANNEL = "UNKNOWN_CHANNEL"
    UNKNOWN_MUNICIPALITY = "UNKNOWN_MUNICIPALITY"
    UNKNOWN_BODY = "UNKNOWN_BODY"
    BODY_CLOSED = "BODY_CLOSED"
    BODY_COMPLAINED_OF = "BODY_COMPLAINED_OF"
    DATE_OUT_OF_RANGE = "DATE_OUT_OF_RANGE"
    TEXT_EMPTY = "TEXT_EMPTY"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    TEXT_UNREADABLE = "TEXT_UNREADABLE"
    DUPLICATE_DIFFERS = "DUPLICATE_DIFFERS"
    WRONG_STATE = "WRONG_STATE"
    STALE = "STALE"
    REASON_REQUIRED = "REASON_REQUIRED"
    PROLONGED_ALREADY = "PROLONGED_ALREADY"
    PROLONGATION_TOO_LONG = "PROLONGATION_TOO_LONG"
    DEADLINE_PASSED = "DEADLINE_PASSED"
    NOT_PROLONGABLE = "NOT_PROLONGABLE"
    APPROVER_TOO_LOW = "APPROVER_TOO_LOW"
    NOTICE_REQUIRED = "NOTICE_REQUIRED"
    EVIDENCE_REQUIRED = "EVIDENCE_REQUIRED"
    NORM_REQUIRED = "NORM_REQUIRED"
    PLAN_DATE_REQUIRED = "PLAN_DATE_REQUIRED"
    LINK_INVALID = "LINK_INVALID"
    LINK_EXPIRED = "LINK_EXPIRED"
    ALREADY_ANSWERED = "ALREADY_ANSWERED"
    DISPUTE_WINDOW_CLOSED = "DISPUTE_WINDOW_CLOSED"
    JUDGE_NOT_INDEPENDENT = "JUDGE_NOT_INDEPENDENT"
    WRONG_MAPPING = "WRONG_MAPPING"
    BROKEN_FILE = "BROKEN_FILE"
    CERTIFICATE_INVALID = "CERTIFICATE_INVALID"
    TOO_MUCH = "TOO_MUCH"
    MALFORMED = "MALFORMED"
    INTERNAL = "INTERNAL"


class Refusal(Exception):
    """An expected refusal: nothing was written. `clause` is None where no law speaks."""

    def __init__(self, code: RefusalCode, text: str, clause: Clause | None = None) -> None:
        self.code, self.text, self.clause = code, text, clause
        super().__init__(f"{code}: {text}")
