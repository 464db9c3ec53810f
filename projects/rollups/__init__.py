"""Totals that are kept: what each project adds to them, and their sums by place, year and kind (ADR 20)."""
