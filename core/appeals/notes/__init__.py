"""Notes of officials on a case: not for the applicant, never changed, corrected by another note."""
