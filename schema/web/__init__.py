"""ASGI: the application, the endpoint, negotiation, health, pages."""
