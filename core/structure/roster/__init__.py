"""Loading the directory out of tables: bodies, positions, people, appointments, all or nothing."""
