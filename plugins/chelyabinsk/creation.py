"""Clauses 1 to 3 of the order: the centre is created, its first curator, who drafts its plan."""

from core.api import hookimpl
from core.directory.rules import Body, BodyKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import Foundation, Rank

ACT = act_beside(__file__)
FIRST_DEPUTY = ACT.cite("rasp.2-1")


@hookimpl
def rules() -> tuple[Rule, ...]:
    """No clause fixes the position of the present curator for others (R39).

    The ministry was to draft the plan; the profile bodies are not named here and so are data.
    """
    return (
        Foundation("creation", "центр создан распоряжением Губернатора", clause=ACT.cite("rasp.1")),
        Foundation(
            "regulation", "положение о центре утверждает Губернатор", clause=ACT.cite("rasp.2")
        ),
        Rank(
            "first-deputy-governor",
            "Первый заместитель Губернатора",
            95,
            clause=FIRST_DEPUTY,
            since=FIRST_DEPUTY.introduced,
        ),
        Body(
            "ministry-digital",
            "Министерство информационных технологий, связи и цифрового развития "
            "Челябинской области",
            BodyKind.EXECUTIVE,
            clause=ACT.cite("rasp.3"),
        ),
    )
