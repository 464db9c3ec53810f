"""Exported tables that come back: what people changed in their cells becomes edits of the projects.

Every row meets three states, as a form does that was saved late: what the file showed when it was made (the exported
version), what stands now, and what the person wants: the first with the cells that differ from what it printed. So a
spreadsheet may print a value its own way without anything being changed. `grids` opens files, `table` reads rows,
`cells` compares single cells, `sheets` makes the form of a row as typed, `merging` lets the states meet, and `actions`
does the whole.
"""

from imports.tables.actions import import_table
from imports.tables.grids import recognise as recognise_table
from imports.tables.grids import recognise_text as recognise_table_text

__all__ = ["import_table", "recognise_table", "recognise_table_text"]
