"""Indicators, read by programs (`perfgoals.api`)."""
