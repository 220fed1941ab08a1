"""Jobs to be done: rows first, messages only as hints, so that nothing is lost on a crash."""
