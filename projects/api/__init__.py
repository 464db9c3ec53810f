"""Projects, their departments and money, and totals, read by programs (`perfgoals.api`)."""
