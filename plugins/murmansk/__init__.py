"""Мурманская область: Положение о ЦУР, утверждённое постановлением № 513-ПП от 13.07.2023.

The newest of the four acts, written on the federal Rules and importing all their definitions
(1.2), so most of it stays federal. It adds a ninth block, благоустройство (4.2). Its applicants
are narrower (1.3): citizens who live in Russia and legal entities; foreigners, stateless persons
and citizens abroad are taken in all the same and counted in the federal view only. It names
«Инцидент Менеджмент» and «Наш Север» as sources of messages (2.7.4) and «ВІ: ЦУР РФ» where the
Rules say heat map (3.2), and works with three ministries (4.8) without giving them themes.
"""

from plugins.murmansk import (
    directions,
    documents,
    persons,
    problems,
    ratings,
    requests,
    scope,
    structure,
    summaries,
)

CHAPTERS = (
    scope,
    directions,
    structure,
    persons,
    documents,
    requests,
    summaries,
    ratings,
    problems,
)
