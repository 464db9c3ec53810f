"""Totals of the projects that a filter finds: the summary above a list, and tables of totals in two or three dimensions.

``dimensions`` says by what one may total, ``layout`` reads what an address asks for, ``counting`` lets the database sum,
``apart`` counts the cells of a page's rows alone, ``pivot`` arranges the sums as a table, ``links`` finds the list behind
each, ``showing`` writes the table for a page, ``tables`` writes it for files and as JSON,
``waiting`` says which tables take too long to wait for.
"""

from projects.totals.layout import Layout, UnknownLayoutError
from projects.totals.pivot import Pivot, pivot_table
from projects.totals.summary import Money, Summary, plus, summarise, summary_of
from projects.totals.tables import pivot_frame, pivot_json
from projects.totals.waiting import fits_file, refusal, summary_at_once

__all__ = [
    "Layout", "Money", "Pivot", "Summary", "UnknownLayoutError",
    "fits_file", "pivot_frame", "pivot_json", "pivot_table", "plus", "refusal", "summarise", "summary_at_once", "summary_of",
]  # fmt: skip
