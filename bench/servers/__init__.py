"""What the product is measured against, each a process of its own."""
