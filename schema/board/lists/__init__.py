"""Lists of appeals: what an address narrows, in which order, the columns, the way through."""
