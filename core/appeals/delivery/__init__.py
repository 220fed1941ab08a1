"""An answer on its way: signed by who may, handed over with proof, delivered or come back."""
