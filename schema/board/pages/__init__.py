"""Pages that are looked at, a module each: what its template is given."""
