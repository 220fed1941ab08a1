"""GraphQL and the web: the only place that knows strawberry and starlette."""
