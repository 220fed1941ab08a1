"""The applicant's page in HTML: read by a link, rated by a form, without scripts or cookies."""
