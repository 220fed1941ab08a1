"""Approvals: who decides in which turn, and on what ground."""
