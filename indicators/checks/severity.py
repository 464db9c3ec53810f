"""How grave a finding is, and which of the four natures of the review it belongs to."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Severity(IntEnum):
    """Ordered: the graver the smaller."""

    MUST = 1
    """A contradiction or a missing required cell: blocks submission later."""
    SHOULD = 2
    """Very likely wrong."""
    HINT = 3
    """Worth a look."""

    @property
    def label(self) -> str:
        """As people see it."""
        return {1: "必须修改", 2: "建议修改", 3: "提示"}[self]


class Family(StrEnum):
    """The natures in which targets are reviewed (财预〔2015〕88号), and the soundness of the data itself."""

    COMPLETE = "complete"
    RELEVANT = "relevant"
    FIT = "fit"
    FEASIBLE = "feasible"
    DATA = "data"

    @property
    def label(self) -> str:
        """As people see it."""
        return {
            "complete": "完整性", "relevant": "相关性", "fit": "适当性", "feasible": "可行性", "data": "数据质量",
        }[self.value]  # fmt: skip
