"""The examples are built against the schema of today and asked of a server of today."""
