"""The journal: every change with who, when, why, before and after; append-only in the database."""
