"""Jobs worked off: by the serving process, or over a broker."""
