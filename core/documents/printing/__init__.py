"""The one original of a version: PDF/A-2a with PDF/UA-1, and copies derived of it."""
