"""What the acts ask for by a day or every period: who owes it, when it is due, how it stands."""
