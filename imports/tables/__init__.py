"""Exported tables that come back: what people changed in their cells becomes edits of the projects.

Every row meets three states, as a form does that was saved late: what the file showed when it was made (the exported
version), what stands now, and what the person wants: the first with the cells that differ from what it printed. So a
spreadsheet may print a value its own way without anything being changed. `grids` opens files, `table` reads rows,
`cells` compares single cells, `sheets` makes the form of a row as typed, `merging` lets the states meet, and `actions`
does the whole.
"""

from imports.tables.actions import import_table, import_table_text
from imports.tables.grids import NAME, TITLE, recognise, recognise_text

__all__ = ["NAME", "TITLE", "import_table", "import_table_text", "recognise", "recognise_text"]
