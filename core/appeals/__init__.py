"""The life of an appeal between registration and closing: ledger, holders, steps, deadlines."""
