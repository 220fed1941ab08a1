"""Statistics of shares, times, places and surprises: own, pure, checked against libraries."""
