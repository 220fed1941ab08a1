"""What pages say in words: values, names of people and things, entries of the journal."""
