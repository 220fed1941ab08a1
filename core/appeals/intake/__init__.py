"""Taking an appeal in: one use case for the API, the importer and the adapters."""
