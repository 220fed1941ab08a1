"""Documents of the centre: kinds, frozen versions, chains, receipts, letters."""
