"""Administration: a new home, users and their grants, the audit log, the settings, the state of the database."""
