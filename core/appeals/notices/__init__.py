"""What the applicant must be told: written in the transaction of the step that tells."""
