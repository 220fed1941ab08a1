"""Челябинская область: распоряжение Губернатора № 641-р от 30.06.2020, с изменениями 2021 года.

Closest to the federal text: the same applicants, addressees, channels and eight blocks, owned by
the profile bodies that it does not name (9). Its own is the ladder inside a block: the block's
head and staff watch over its appeals and pass problems up to the block responsible (10), for
which it has the role of block staff (5). Its days begin two hours before the other regions'.
"""

from plugins.chelyabinsk import (
    blocks,
    creation,
    directions,
    documents,
    persons,
    problems,
    ratings,
    requests,
    scope,
    summaries,
)

CHAPTERS = (
    creation,
    scope,
    persons,
    blocks,
    directions,
    documents,
    requests,
    summaries,
    ratings,
    problems,
)
