"""Before the first page: the first-run wizard, the login, what to do about damaged data."""
