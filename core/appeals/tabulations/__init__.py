"""Tables of figures as files: ordered, made later in the name of whoever ordered, kept a day."""
