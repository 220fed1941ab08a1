"""Judging stored cases anew after an upgrade that tells terms otherwise."""
