"""What a table of totals looks like, as an address asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from django.http import QueryDict

from projects.totals.dimensions import DIMENSIONS

MEASURES: Final = {"amount": "年度金额", "projects": "项目数", "indicators": "指标数"}
SHOWN: Final = {"value": "数值", "row": "占本行", "column": "占本列", "whole": "占总计"}
"""What a cell shows: the measure itself, or its share of the row's total, the column's or the whole."""
MOST_ROWS: Final = 2
MOST_IN_ONE_PIECE: Final = 2_000
"""Projects whose table is counted in one piece, though a page shows a part of its rows."""
MOST_COUNTED: Final = 100_000
"""Of more projects, totals that are not kept take long."""
MOST_ANYWHERE: Final = 20_000
"""The same of projects that may lie anywhere, where there are as many departments: nearly each has its own."""
BODIES: Final = ("department", "section")
NO_COLUMNS: Final = "-"
"""Says in an address that no columns are wanted; empty values do not travel."""


class UnknownLayoutError(ValueError):
    """An address names a dimension, a measure or a share that there is not."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Dimensions of rows (one, or two with the second below the first) and of columns, what is summed and how shown."""

    rows: tuple[str, ...]
    column: str = ""
    measure: str = "amount"
    show: str = "value"
    sort: str = ""
    """A column's key, with ``-`` for the largest first; empty for the usual order."""

    @classmethod
    def asked(cls, query: QueryDict) -> Layout:
        """The layout of an address: ``rows`` (once or twice), ``columns``, ``measure``, ``show``, ``sort``; or ``by``,
        one of `PRESETS`, where it names no rows. Raises `UnknownLayoutError`."""
        rows = tuple(dict.fromkeys(value for value in query.getlist("rows") if value))
        by = query.get("by") or next(iter(PRESETS))
        if not rows and by not in PRESETS:
            raise UnknownLayoutError(by)
        base = cls(rows) if rows else PRESETS[by][1]
        column = query.get("columns") or base.column
        column = "" if column == NO_COLUMNS else column
        layout = replace(
            base,
            column="" if column in base.rows else column,
            measure=query.get("measure") or base.measure,
            show=query.get("show") or base.show,
            sort=query.get("sort", ""),
        )
        layout._refuse_unknown()
        return layout

    @property
    def dimensions(self) -> tuple[str, ...]:
        """All dimensions, the rows' first."""
        return (*self.rows, self.column) if self.column else self.rows

    @property
    def preset(self) -> str:
        """The preset that this is, or nothing."""
        plain = replace(self, sort="")
        return next((key for key, (_, layout) in PRESETS.items() if layout == plain), "")

    @property
    def query(self) -> str:
        """This layout as part of an address."""
        query = QueryDict(mutable=True)
        query.setlist("rows", list(self.rows))
        query.update({"columns": self.column or NO_COLUMNS, "measure": self.measure, "show": self.show})
        if self.sort:
            query["sort"] = self.sort
        return query.urlencode()

    @property
    def has_many_rows(self) -> bool:
        """Whether rows are of one dimension that may have thousands."""
        return self.rows in {("department",), ("section",), ("region",)}

    @property
    def bodies(self) -> list[str]:
        """The dimensions of which a country has tens of thousands of values."""
        return [key for key in self.dimensions if key in BODIES]

    @property
    def tells_indicators(self) -> bool:
        """Whether the table is about indicators, and not about projects alone."""
        return self.measure == "indicators" or "category" in self.dimensions

    @property
    def sorts_by_cells(self) -> bool:
        """Whether the order of the rows is by what only the cells of each of them say."""
        return self.sort.removeprefix("-").startswith(("c:", "change", "percent"))

    def refused_for(self, number: int, *, anywhere: bool) -> str:
        """Why so many projects cannot be counted so while somebody waits, in one sentence; empty where they can.

        ``anywhere``: they may belong to any of very many departments.
        """
        most = MOST_ANYWHERE if anywhere and self.bodies else MOST_COUNTED
        if number <= most:
            return ""
        if not self.bodies:
            return f"找到的项目超过 {most:,} 个，不能当场汇总，请先用行政区划等筛选条件缩小范围。"
        names = "、".join(DIMENSIONS[key].label for key in self.bodies)
        return f"找到的项目超过 {most:,} 个，不能当场按{names}汇总，请先用行政区划等筛选条件缩小范围。"

    def swapped(self) -> Layout:
        """Rows as columns and columns as rows; a second dimension of rows stays where it is."""
        if not self.column:
            return self
        return replace(self, rows=(self.column, *self.rows[1:]), column=self.rows[0], sort="")

    def _refuse_unknown(self) -> None:
        for value in self.dimensions:
            if value not in DIMENSIONS:
                raise UnknownLayoutError(value)
        if len(self.rows) > MOST_ROWS or self.measure not in MEASURES or self.show not in SHOWN:
            raise UnknownLayoutError(f"{self.rows} {self.measure} {self.show}")


PRESETS: Final[dict[str, tuple[str, Layout]]] = {
    "department": ("按部门", Layout(("department",), "source")),
    "source": ("按资金来源", Layout(("source",))),
    "region": ("按行政区划", Layout(("region",), "source")),
    "year": ("按年度", Layout(("year",), "source")),
    "category": ("按指标类别", Layout(("category",), measure="indicators")),
    "region-department": ("区划和部门", Layout(("region", "department"))),
    "department-year": ("部门逐年", Layout(("department",), "year")),
}
"""``by`` in the address → name on the tab, and the layout."""
