"""What applicants think of the result, and what they may dispute."""
