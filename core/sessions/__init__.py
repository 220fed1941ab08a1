"""Who has come in through the board: sessions that live here, not in a cookie."""
