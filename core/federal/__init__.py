"""Federal law as the first layer: the Rules № 1844 in their own order, 59-ФЗ beside them.

Where both are silent the product's own practice speaks; it is no law and every region may
replace it. What no region may lower is marked `floor`.
"""

from core.federal import (
    acts,
    automation,
    centre,
    handling,
    indicators,
    intake,
    other_themes,
    persons,
    roles,
    routing,
    satisfaction,
    structure,
    terms,
)

CHAPTERS = (
    acts,
    intake,
    terms,
    structure,
    other_themes,
    roles,
    persons,
    centre,
    routing,
    handling,
    satisfaction,
    indicators,
    automation,
)
