"""Personal reception: the card of who came and what he was told (59-ФЗ, art. 13)."""
