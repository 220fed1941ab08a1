"""Pages that take a form or give a file: checked here, sent by the API, answered."""
