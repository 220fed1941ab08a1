"""Personal data of applicants: apart from the case, sealed, and every look at it journalled."""
