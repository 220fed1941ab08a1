"""Summaries of a closed period out of the system's own figures, and the reports made of them."""
