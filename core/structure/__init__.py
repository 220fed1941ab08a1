"""The people of the centre and what it is made of: appointments, answers, replacements, blocks."""
