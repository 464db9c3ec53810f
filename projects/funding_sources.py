"""The funding sources of the official form: codes, names and the short names of tables, in the form's order."""

from __future__ import annotations

from typing import Final

SOURCES: Final = {
    "central": ("中央财政资金", "中央"),
    "provincial": ("省级财政资金", "省级"),
    "local": ("市县（区）财政资金", "市县"),
    "self_raised": ("单位自筹", "自筹"),
    "other": ("其他资金", "其他"),
}
"""Code → name and short name, as in the table `FundingSource`."""

UNLISTED: Final = "none"
"""Money that no source explains: the amount less the sum of its sources, or all of it where there is no funding table."""
UNLISTED_NAME: Final = "未列明来源"

NAMES: Final = {**{code: name for code, (name, _) in SOURCES.items()}, UNLISTED: UNLISTED_NAME}
SHORT_NAMES: Final = {**{code: short for code, (_, short) in SOURCES.items()}, UNLISTED: "未列明"}
