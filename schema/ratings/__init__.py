"""Ratings in the API: versions, places, cases behind them, differences, the calendar."""
