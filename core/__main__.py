"""`python -m core` is the `tsur` command."""

from core.commands.cli import main

main()
