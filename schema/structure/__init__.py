"""The structure of the centre in the API: blocks, roles, who holds what."""
