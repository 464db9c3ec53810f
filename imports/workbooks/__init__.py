"""Workbooks (xlsx) that people hand in, read without running anything in them.

`package` looks at the zip package before anything opens it: what it is, how large it would become, where its cells
stand; `scanning` finds in the cells what a reader of values would pass over in silence: formulas without a result,
error values, percentages. `reading` opens it; `lines` makes the lines of a `imports.reading.Reading` of its rows.
"""

from imports.workbooks.reading import Merged, Sheet, Workbook, is_workbook, read_workbook
from imports.workbooks.texts import Value, cell_text

__all__ = ["Merged", "Sheet", "Value", "Workbook", "cell_text", "is_workbook", "read_workbook"]
