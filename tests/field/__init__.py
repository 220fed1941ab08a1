"""Files in the shapes that people really send: each case with what must become of it."""
