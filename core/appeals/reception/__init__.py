"""Personal reception: the card of who came and what he was told."""
