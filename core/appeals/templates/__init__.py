"""Templates of answers, for regions whose act has the centre make them."""
