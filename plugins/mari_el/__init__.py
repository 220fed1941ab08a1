"""Республика Марий Эл: постановление Правительства № 335 от 28.08.2020.

Older than the federal Rules. The narrowest view of the four (clause 4 of the regulation): natural
persons who live in the republic, no legal entities, no territorial funds. The eight federal blocks,
roads under the name «дорожное хозяйство» (R20). It names the feedback platform ПОС and makes
«Портал ЦУР» the place of documents (10); staff of the competence centre head the directions of
work (structure, row 6). What it leaves out stays federal (6).
"""

from plugins.mari_el import (
    accountability,
    creation,
    documents,
    functions,
    problems,
    ratings,
    requests,
    scope,
    structure,
    summaries,
)

CHAPTERS = (
    creation,
    structure,
    scope,
    functions,
    accountability,
    documents,
    requests,
    summaries,
    ratings,
    problems,
)
