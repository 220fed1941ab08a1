"""What the applicant may do while his appeal is considered (59-ФЗ, ст. 5)."""
