"""Filters of the list under a name: kept, shared with one's department or region, opened again."""
