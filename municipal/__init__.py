"""Municipal control centres: the layer between federal law and the region's.

Loaded in every region, on the public APIs alone; where a municipality has no centre its rules
lie idle.
"""

from municipal import handling, structure

CHAPTERS = (handling, structure)
