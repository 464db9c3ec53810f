"""The labelled rows above and around the indicator table: names, texts, goals, sign-off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from imports.drafts import Scope
from imports.layouts.target_form.cells import Cell
from imports.layouts.target_form.labels import compact, role_of

_SIGN_OFF = re.compile(
    r"(?P<label>"
    + "|".join(
        r"[^\S\t]*".join(word)
        for word in (
            *("项目负责人", "单位负责人", "部门负责人", "填报单位负责人", "负责人"),
            *("填报人员", "填报人", "填表人", "经办人员", "经办人", "制表人", "联系人"),
            *("联系电话", "联系方式", "电话"),
            *("填报日期", "填表日期", "申报日期", "制表日期", "填报时间", "填表时间"),
        )
    )
    + r")[^\S\t]*(?:[（(][^（）()\t]{0,8}[)）])?[^\S\t]*(?:[:：]|(?=\t|$))"
)
_STAMP = re.compile(
    r"(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{2})(\d{2}))"
    r"(?:[\sT]*(\d{1,2})\s*(?:[:：时点]\s*)?(\d{2})\s*(?:[:：分]?\s*(\d{2})\s*秒?)?分?)?"
)
_HALF_WIDTH = str.maketrans("０１２３４５６７８９－／．：", "0123456789-/.:")
_EMPTY_STAMP = re.compile(r"[\s年月日时分秒\-/.:：—_]*")


@dataclass(slots=True)
class Goals:
    """The two goals (总体目标) of one form. ``None`` = not printed, ``""`` = printed empty."""

    texts: dict[Scope, str] = field(default_factory=dict)
    heads: dict[Scope, int] = field(default_factory=dict)
    """Columns of 实施期目标 and 年度目标, printed above the texts."""
    printed: bool = False
    replaced: list[str] = field(default_factory=list)
    """Texts in the place of a goal that a later row states otherwise: they are no goals, and must be told."""

    def take(self, cells: Sequence[Cell]) -> bool:
        """Take a row of goal labels and texts; ``False`` when it holds more texts than two."""
        values = self._take_labels(cells)
        if len(values) > 2:
            return False
        if len(values) == 2 and values[0][1] == values[1][1]:
            values = [(values[0][0], "period", values[0][2]), (values[1][0], "annual", values[1][2])]
        for _, scope, text in values:
            if (earlier := self.texts.get(scope)) and earlier != text:
                self.replaced.append(earlier)
            self.texts[scope] = text
        return True

    def _take_labels(self, cells: Sequence[Cell]) -> list[tuple[int, Scope, str]]:
        """Note the labels of a row; its texts, each with the half that label or column tell."""
        values: list[tuple[int, Scope, str]] = []
        under: Scope | None = None
        for column, text in cells:
            role = role_of(text)
            if role in {"goal_period", "goal_annual"}:
                under = "period" if role == "goal_period" else "annual"
                self.heads[under] = column
            elif role == "goals":
                self.printed, under = True, None
            else:
                values.append((column, under or self._half_at(column), text))
        return values

    def _half_at(self, column: int) -> Scope:
        """The half of a text that stands below the header row: rows may be shifted by one cell."""
        annual, period = self.heads.get("annual"), self.heads.get("period")
        if period is None:
            return "annual"
        return "period" if annual is None or column < annual - 1 else "annual"

    def text(self, scope: Scope) -> str | None:
        """The goal of one scope."""
        if scope in self.texts:
            return self.texts[scope]
        expected = scope in self.heads or (self.printed and not self.heads and not self.texts)
        return "" if expected else None


def sign_off(line: str) -> dict[str, str] | None:
    """The sign-off row's values by role, labels and values in one cell or in several; ``None`` for other rows."""
    if not _SIGN_OFF.match(line.lstrip()):
        return None
    labels = [label for label in _SIGN_OFF.finditer(line) if label[0][-1] in ":：" or _stands_apart(line, label)]
    if not labels or line[: labels[0].start()].strip():
        return None
    ends = [label.start() for label in labels[1:]] + [len(line)]
    values: dict[str, str] = {}
    for label, end in zip(labels, ends, strict=True):
        role = role_of(compact(label["label"]))
        if role is not None:
            values.setdefault(role, " ".join(line[label.end() : end].split()))
    return values


def _stands_apart(line: str, label: re.Match[str]) -> bool:
    return label.start() == 0 or line[label.start() - 1].isspace()


def filing_time(printed: str) -> datetime | None:
    """A filing stamp: ``20241217090709``, ``2024-12-17``, ``2024年12月17日``, ``2024/12/17 09:07``.

    ``None`` for a blank one; raises `ValueError` for one that is no possible time.
    """
    text = printed.translate(_HALF_WIDTH).strip()
    if _EMPTY_STAMP.fullmatch(text):
        return None
    match = _STAMP.fullmatch(text)
    if match is None:
        raise ValueError(printed)
    year, month, day, month2, day2, hour, minute, second = match.groups()
    return datetime(
        int(year), int(month or month2), int(day or day2), int(hour or 0), int(minute or 0), int(second or 0)
    )
