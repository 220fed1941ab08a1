"""The whole texts of notices: official Russian with number, date, ground and norm."""
