"""What is broken in the system itself and waits for an operator."""
