"""What a person typed into the form of a project, exactly as typed. Nothing here is understood yet (`reading`).

A sheet travels between browser and server with every step, is kept as the draft, and is what the operations on the
tree work on. All of it is text, so that nothing typed is ever refused before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from indicators.categories import DEFINITIONS, LEVEL2
from indicators.models import Operator

SIGNS: Final = dict(Operator.choices)
"""Operator → its printed sign."""
SCOPES: Final = ("period", "annual")
STANDARD: Final = (
    "output.quantity", "output.quality", "output.timeliness", "output.cost", "benefit.economic", "benefit.social",
    "benefit.ecological", "benefit.sustained", "satisfaction.served",
)  # fmt: skip
"""Classes of the form of 2015 (财预〔2015〕88号), shown also where they are empty."""
COSTS: Final = ("cost.economic", "cost.social", "cost.environmental")
"""Classes that the form of 2021 (财预〔2021〕101号) has in place of 成本指标 below 产出."""
CLASS_ORDER: Final = {definition.code: place for place, definition in enumerate(LEVEL2)}


class Half(msgspec.Struct):
    """One half of a row. A value is entered as operator, number and unit, or as text in ``value`` alone."""

    id: int | None = None
    name: str = ""
    operator: str = ""
    value: str = ""
    unit: str = ""

    @property
    def printed(self) -> str:
        """The value as it will be printed: ≥95%."""
        return SIGNS.get(self.operator, "") + self.value.strip() + self.unit.strip()

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands here; such a half is no indicator."""
        return not (self.name.strip() or self.printed)


class Row(msgspec.Struct):
    """A row of the tree: period and annual side by side under one level-2 class."""

    key: str
    """What the browser knows the row by; it stays while the sheet lives."""
    category: str
    label: str
    """The level-2 label as the form prints it."""
    period: Half = msgspec.field(default_factory=Half)
    annual: Half = msgspec.field(default_factory=Half)
    removed: bool = False
    """Struck out: it goes with the next save, and can be taken back until then."""

    def half(self, scope: str) -> Half:
        """The half of a scope."""
        return self.period if scope == "period" else self.annual

    @property
    def halves(self) -> tuple[Half, Half]:
        """Period and annual."""
        return self.period, self.annual

    @property
    def is_blank(self) -> bool:
        """Whether the row holds no indicator."""
        return self.period.is_blank and self.annual.is_blank


class Sheet(msgspec.Struct):
    """A whole form."""

    head: dict[str, str] = msgspec.field(default_factory=dict)
    """Field → text (`fields.HEAD` and the long texts)."""
    funding: dict[str, str] = msgspec.field(default_factory=dict)
    """``scope.source`` and ``scope.total`` → text, in the project's printed unit."""
    goals: dict[str, str] = msgspec.field(default_factory=dict)
    rows: list[Row] = msgspec.field(default_factory=list)
    reason: str = ""
    """Why the person changes the project."""

    def row(self, key: str) -> Row | None:
        """The row with a key."""
        return next((row for row in self.rows if row.key == key), None)

    def new_key(self) -> str:
        """A key that no row has."""
        taken = {row.key for row in self.rows}
        return next(key for key in (f"n{number}" for number in range(1, len(taken) + 2)) if key not in taken)

    def classes(self) -> Iterator[tuple[str, str, list[Row]]]:
        """The level-2 classes to show in the form's order: code, label, rows. Rows keep the sheet's order."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows:
            found.setdefault(class_of(row), []).append(row)
        used = {code for code, _ in found}
        costs = COSTS if used & set(COSTS) else ()
        for code in (*STANDARD, *costs):
            if code not in used and not (code == "output.cost" and costs):
                found[code, ""] = []
        for (code, _), rows in sorted(found.items(), key=lambda entry: (CLASS_ORDER[entry[0][0]], entry[0][1])):
            label = next((row.label for row in rows if row.label), DEFINITIONS[code].name)
            yield code, label, rows

    def in_order(self) -> list[Row]:
        """All rows from top to bottom of the form."""
        return [row for _, _, rows in self.classes() for row in rows]

    def as_json(self) -> Any:
        """Plain values for a JSON column."""
        return msgspec.to_builtins(self)

    @classmethod
    def from_json(cls, kept: Any) -> Sheet:
        """A sheet from what `as_json` gave. Raises ``msgspec.ValidationError``."""
        return msgspec.convert(kept, cls)


def class_of(row: Row) -> tuple[str, str]:
    """What groups rows: the class, and for labels that no class is known for (其他) the label itself."""
    return row.category, "".join(row.label.split()) if row.category.endswith(".other") else ""


def one_line(text: str) -> str:
    """A text as a field of one line holds it: without line ends."""
    return "".join(text.splitlines())
