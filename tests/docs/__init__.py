"""What the guides say is run: their files are written, their commands answer as shown."""
