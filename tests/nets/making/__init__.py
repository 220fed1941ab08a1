"""How the files of `tests/data/certificates` and `tests/data/head0014` were made.

They were made once, by `python -m tests.nets.making`, when the newest revision of core was
`core0014`. They are not to be made again: what a later product makes is no longer of that day.
The parts are kept to show what is in the files and how it came there.
"""
