"""Attachments in the API: what each is, how far it was checked; the files go by HTTP."""
