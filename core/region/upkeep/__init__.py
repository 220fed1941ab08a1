"""How an installation does: room on its disks, the last copy, sealing; each judged in one place."""
