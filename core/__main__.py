"""`python -m core` is the `tsur` command."""

from core.cli import main

main()
