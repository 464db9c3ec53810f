"""Tables of projects: their columns and who chose which, their orders, the rows of a page and their sums."""

from projects.tables.columns import BY_KEY, COLUMNS, NAME, USUAL, Column, Kind
from projects.tables.layouts import Layout, arranged, choices, columns_of, layout_of
from projects.tables.paging import are_met_soon, keys_found, page_keys
from projects.tables.rows import Row, SourceLine, page_rows, rows_of
from projects.tables.shown import mark_of
from projects.tables.sorting import Sort
from projects.tables.sums import all_sums, page_sums

__all__ = [
    "BY_KEY",
    "COLUMNS",
    "NAME",
    "USUAL",
    "Column",
    "Kind",
    "Layout",
    "Row",
    "Sort",
    "SourceLine",
    "all_sums",
    "are_met_soon",
    "arranged",
    "choices",
    "columns_of",
    "keys_found",
    "layout_of",
    "mark_of",
    "page_keys",
    "page_rows",
    "page_sums",
    "rows_of",
]
