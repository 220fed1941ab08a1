"""Indicators of the centre: their chains of approval, targets, values and attainment."""
