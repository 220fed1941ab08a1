"""Forms made out of the API's own inputs, and what is typed in them kept."""
