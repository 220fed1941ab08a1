"""Problems in the API: the heat map, the list, causes and measures, the picture, polls."""
