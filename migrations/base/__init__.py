"""The tables that the base of the core's branch creates, part by part."""
