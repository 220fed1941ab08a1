"""The board: pages for officials, each block of them a saved operation of the API."""
