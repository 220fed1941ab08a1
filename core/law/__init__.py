"""The engine of law: standard library only, and no kind of rule is known here."""
