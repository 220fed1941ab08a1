"""Dated records: what holds on a day, what came before it, what takes its place."""
