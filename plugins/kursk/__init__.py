"""Курская область: постановление Администрации № 958-па от 22.09.2020.

Older than the federal Rules, and the only act that says which body answers for which theme (clause
3 of the resolution): housing has two owners, the committee by default and the State Housing
Inspectorate where the appeal is written to it (R45). Its structure has eight blocks over nine
themes: housing and solid waste in one, ecology added (R7). Messages that residents of the city of
Kursk publish openly are a block of their own, with heads from the city Administration and no
responsible (R9); who acts on them is said by their theme, as of all others. Its view counts natural
persons only, and no territorial funds.
"""

from plugins.kursk import (
    composition,
    documents,
    functions,
    owners,
    persons,
    problems,
    ratings,
    requests,
    scope,
    situation_centre,
    structure,
    summaries,
)

CHAPTERS = (
    owners,
    composition,
    structure,
    scope,
    persons,
    functions,
    documents,
    requests,
    situation_centre,
    summaries,
    ratings,
    problems,
)
