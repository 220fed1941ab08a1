"""Counts of anything: how many there are by any dimension, without counting them.

A subject (`subject`) declares what is counted. Triggers of the database (`triggers`) write every
change of a row to the subject's changes in the transaction that makes it. Now and then `fold` adds
the changes up into cells (`tables`): one for each combination of a cut in each stretch of time
(`periods`). Whoever asks adds cells and changes not folded yet (`reading`), so that figures are
exact at any moment; `verifying` proves it.
"""
