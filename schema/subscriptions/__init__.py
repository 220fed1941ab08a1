"""Subscriptions in the API: webhooks of other systems, and the stream of what happens."""
