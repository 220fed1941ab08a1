"""Packages of evidence: collected once, signed, handed out, verified without this program."""
