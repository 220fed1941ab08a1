"""What law says of the region itself: its card, municipalities, calendar, roles."""
