"""The applicant's page: what the link of a letter shows, and what a code opens beside it."""
