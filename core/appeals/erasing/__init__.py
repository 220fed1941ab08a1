"""Erasing what is known of a person: ordered with its ground, carried out, told in an act."""
