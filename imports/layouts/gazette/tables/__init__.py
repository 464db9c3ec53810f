"""Tables of gazettes and plans: found among the lines of a document and read into drafts."""

from imports.layouts.gazette.tables.finding import find_tables

__all__ = ["find_tables"]
