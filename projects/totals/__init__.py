"""Totals of the projects that a filter finds: the summary above a list, and tables of totals in two or three dimensions.

``dimensions`` says by what one may total, ``layout`` reads what an address asks for, ``counting`` lets the database sum,
``apart`` counts the cells of a page's rows alone, ``pivot`` arranges the sums as a table, ``links`` finds the list behind
each, ``showing`` writes the table for a page, ``tables`` writes it for files and as JSON.
"""

from projects.totals.layout import Layout, UnknownLayoutError
from projects.totals.pivot import Pivot, pivot_table
from projects.totals.summary import Money, Summary, are_anywhere, plus, summarise, summary_of
from projects.totals.tables import pivot_frame, pivot_json

__all__ = [
    "Layout", "Money", "Pivot", "Summary", "UnknownLayoutError",
    "are_anywhere", "pivot_frame", "pivot_json", "pivot_table", "plus", "summarise", "summary_of",
]  # fmt: skip
