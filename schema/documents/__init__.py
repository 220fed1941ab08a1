"""Documents of the centre in the API: kinds, texts, versions, decisions, receipts."""
