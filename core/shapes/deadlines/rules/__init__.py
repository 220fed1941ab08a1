"""Terms of every kind: units, seasons and the counting of their last moments."""
