"""Rollups: how many appeals there are by any dimension, without counting them.

Triggers of the database write every change of a case to `rollup_change` in the transaction that
makes it (`migrations`). Now and then `fold` adds the changes up into `rollup_cell`: one cell for
each combination of a cut (`cuts`) in each stretch of time (`periods`). Whoever asks adds cells and
changes not folded yet (`reading`), so that figures are exact at any moment; `verify` proves it.
"""
