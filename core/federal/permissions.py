"""Sets of permissions that the roles of the Rules and those of the product's practice share."""

from core.api import Permission

READING = frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY})
PERSONAL = frozenset({Permission.READ_PERSONAL_DATA})
EXECUTION = READING | PERSONAL | {Permission.ACCEPT, Permission.ANSWER}
DISPATCH = READING | {
    Permission.ROUTE,
    Permission.TRANSFER,
    Permission.DELEGATE,
    Permission.JOIN_DUPLICATES,
}
VOICE = frozenset({Permission.WITHDRAW, Permission.DISPUTE})
"""What an official enters in the applicant's name."""

FIGURES = frozenset({Permission.MANAGE_INDICATORS, Permission.READ_WORKLOAD})
"""What those who lead the centre keep account of."""

DECISION = frozenset(
    {
        Permission.PROLONG,
        Permission.JUDGE_DISPUTES,
        Permission.SHOW_MATERIALS,
        Permission.READ_JOURNAL,
    }
)
MANAGEMENT = frozenset({Permission.MANAGE_DIRECTORY, Permission.PROPOSE_STAFFING})
LEADING = DISPATCH | DECISION | VOICE
