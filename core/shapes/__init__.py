"""What many subjects need, written once: chains, deadlines, registers, figures."""
