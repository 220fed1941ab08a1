"""What every use case is given: the work, access, errors, events, the journal, the queue, texts."""
