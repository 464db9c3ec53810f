"""What comes after the right password: the second factor (ADR 22), and the log-ins that stand."""
