"""The federal acts as texts."""
