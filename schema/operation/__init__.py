"""What operators see: incidents, jobs, the journal."""
