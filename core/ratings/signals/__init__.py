"""Signs that a rating is being gamed: counted, compared with peers, never a penalty."""
