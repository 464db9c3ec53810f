"""What is wrong with a table: all of it at once, each with sheet, row, column and value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from imports.reading import SourceError

MOST_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell, or one row where ``column`` is empty, that cannot be taken in; a csv file has no ``sheet``."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        column = f"“{self.column}”" if self.column else ""
        return f"{sheet}第 {self.row} 行{column}：{self.message}"


class TableError(SourceError):
    """A table that is refused as a whole, with everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        shown = "\n".join(str(problem) for problem in self.problems[:MOST_SHOWN])
        more = len(self.problems) - MOST_SHOWN
        rest = f"\n另有 {more} 处。" if more > 0 else ""
        super().__init__(f"表格里有 {len(self.problems)} 处不能导入，整份文件没有导入，请改正后再试：\n{shown}{rest}")
