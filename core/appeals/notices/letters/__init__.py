"""What notices to applicants say, a function a letter; no personal data of theirs in it."""
