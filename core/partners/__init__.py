"""Dealings with a partner that an act names: exchange, meetings, groups, joint documents."""
