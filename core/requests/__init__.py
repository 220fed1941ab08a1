"""Requests of materials: who may ask whom by the acts, answers, refusals, terms."""
