"""What the applicant may do while the appeal is considered: article 5 of 59-ФЗ."""
