"""Mutants: do the tests die when the law is broken? `make mutate`, not part of the suite.

mutmut makes the mutants; they are run here, each written into a copy of the tree, because its
trampolines neither work on coroutines nor see what is called once a session.
"""
