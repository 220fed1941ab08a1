"""Federal law as the first layer: the Rules № 1844 in their own order, then 59-ФЗ in its own.

Where both are silent the product's own practice speaks; it is no law and every region may
replace it. What no region may lower is marked `floor`.
"""

from core.federal import (
    acts,
    automation,
    competence,
    definitions,
    directions,
    documents,
    handling,
    intake,
    powers,
    problems,
    ratings,
    regimes,
    requests,
    responsibility,
    satisfaction,
    statute,
    structure,
    summaries,
)

CHAPTERS = (
    acts,
    definitions,
    competence,
    structure,
    responsibility,
    powers,
    directions,
    documents,
    requests,
    summaries,
    ratings,
    problems,
    regimes,
    statute,
    intake,
    handling,
    satisfaction,
    automation,
)
