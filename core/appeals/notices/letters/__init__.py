"""The letters to applicants: a function for each, which takes what the letter says."""
