"""The life of an appeal as law: intake, routes, steps, terms, answers, duties of bodies."""
