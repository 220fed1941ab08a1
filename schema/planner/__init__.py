"""Running operations: by a plan where one can be made, by graphql-core's executor everywhere else.

README.md has the picture. A plan is made once for each outcome of an operation's @skip and
@include; one declaration beside a field serves both executors (`reading` and `seeking` in
`schema.graphql`).
Three rules make it safe:

- a plan knows no errors. A wrong variable, a missing permission, a refusal, a null where none may
  be, a field that it does not understand: the ordinary executor runs the operation from its
  beginning and tells it (queries read, so running one twice changes nothing);
- who asks is never part of a plan. The statement holds `visible(actor)` with the shape of the
  actor's scopes; blocks, municipalities and bodies are bound like any value (`core.db.statements`);
- both must give the same bytes: `tests/schema/test_sameness.py`, and `make fuzz` for longer.

A resolver is understood if it is a column by its name, `related(...)`, `derived(...)`,
`lookup(...)` or a plain function that awaits nothing. Any other async resolver, a nested argument
that comes in a variable and an abstract type send the operation to the ordinary executor.
"""
