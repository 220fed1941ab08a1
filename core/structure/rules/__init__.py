"""The structure of a centre as law: blocks, persons, charges, directions."""
