"""Tables of text as people send them: encoding, delimiter and header told from what is there."""
