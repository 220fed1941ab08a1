"""Documents before they are run: read once, measured, validated, and trusted or not."""
