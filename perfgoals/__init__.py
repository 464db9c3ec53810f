"""Project-wide parts: settings, the user, money, the database server."""
