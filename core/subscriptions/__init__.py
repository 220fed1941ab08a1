"""Subscriptions to what happens: webhooks of other systems, and streams resumed from a cursor."""
