"""Sets of permissions that the roles of the Rules and those of the product's practice share."""

from core.api import Permission

READING = frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY})
PERSONAL = frozenset({Permission.READ_PERSONAL_DATA})
CONTENT = frozenset({Permission.READ_CONTENT})
"""For those alone who handle a case, judge it or check it (R52)."""

EXECUTION = (
    READING | CONTENT | PERSONAL | {Permission.ACCEPT, Permission.ANSWER, Permission.CONCLUDE}
)
DISPATCH = (
    READING
    | CONTENT
    | {
        Permission.READ_DOCUMENTS,
        Permission.ROUTE,
        Permission.TRANSFER,
        Permission.DELEGATE,
        Permission.CHECK_ANSWERS,
        Permission.CONCLUDE,
        Permission.JOIN_DUPLICATES,
    }
)
VOICE = frozenset({Permission.WITHDRAW, Permission.DISPUTE})
"""What an official enters in the applicant's name."""

PROVING = frozenset({Permission.IDENTIFY, Permission.CHANGE_REGIME})
"""What whoever takes appeals in finds out afterwards: who wrote, and that it is an appeal."""

FIGURES = frozenset({Permission.MANAGE_INDICATORS, Permission.READ_WORKLOAD})
"""What those who lead the centre keep account of."""

HEADING = frozenset({Permission.PROLONG, Permission.END_CORRESPONDENCE})
"""What 59-ФЗ leaves to the head of a body or to an official whom he has authorised."""

DECISION = HEADING | {
    Permission.JUDGE_DISPUTES,
    Permission.SHOW_MATERIALS,
    Permission.READ_JOURNAL,
}
MANAGEMENT = frozenset(
    {Permission.MANAGE_DIRECTORY, Permission.MANAGE_DOCUMENTS, Permission.PROPOSE_STAFFING}
)
LEADING = DISPATCH | DECISION | VOICE
