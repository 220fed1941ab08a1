"""Roles of a centre and what each of them may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.rules.rule import Rule


class Permission(StrEnum):
    """One thing that an official may do; the name is printed beside each field of the API."""

    TAKE_IN = "TAKE_IN"
    READ_APPEALS = "READ_APPEALS"
    READ_PERSONAL_DATA = "READ_PERSONAL_DATA"
    READ_JOURNAL = "READ_JOURNAL"
    READ_DIRECTORY = "READ_DIRECTORY"
    ROUTE = "ROUTE"
    ACCEPT = "ACCEPT"
    TRANSFER = "TRANSFER"
    ANSWER = "ANSWER"
    PROLONG = "PROLONG"
    DELEGATE = "DELEGATE"
    WITHDRAW = "WITHDRAW"
    DISPUTE = "DISPUTE"
    JUDGE_DISPUTES = "JUDGE_DISPUTES"
    JOIN_DUPLICATES = "JOIN_DUPLICATES"
    SEND_NOTICES = "SEND_NOTICES"
    OPERATE = "OPERATE"
    MANAGE_DIRECTORY = "MANAGE_DIRECTORY"
    MANAGE_INDICATORS = "MANAGE_INDICATORS"
    READ_WORKLOAD = "READ_WORKLOAD"
    PROPOSE_STAFFING = "PROPOSE_STAFFING"


class Reach(StrEnum):
    """How far a role sees; the appointment names the blocks, municipality or body."""

    REGION = "region"
    BLOCKS = "blocks"
    MUNICIPALITY = "municipality"
    BODY = "body"


@dataclass(frozen=True)
class Role(Rule):
    """A role with its permissions and reach. `rank` orders roles: a higher number is above.

    An approver of a prolongation must stand above the executor by this number.
    """

    name: str
    reach: Reach
    rank: int
    permissions: frozenset[Permission]
    service: bool = False
