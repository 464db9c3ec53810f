"""Source documents, read by programs (`perfgoals.api`)."""
