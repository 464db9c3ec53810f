"""What the fields that findings point at are called, and what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from indicators.categories import DEFINITIONS
from indicators.checks.forms import SCOPE_NAMES, TEXTS
from indicators.editing.fields import CELLS

PARTS: Final = {"name": "三级指标", "value": "指标值", "label": "二级指标", "category": "指标类别"}
LONGEST: Final = 16
"""Characters of a name: some forms have sentences for names."""
TREE: Final = "绩效指标"


class Named(NamedTuple):
    """An indicator as far as it is named: scope, level-3 name, value, class and its printed label."""

    scope: str
    name: str
    value: str
    category: str
    label: str


def field_words(path: str, indicators: Mapping[int, Named]) -> str:
    """A field by its path: ``overview`` 项目概况, ``indicator.7.value`` 年度“硬化里程”指标值."""
    kind, _, rest = path.partition(".")
    if kind == "indicator":
        number, _, part = rest.partition(".")
        one = indicators.get(int(number))
        return f"{SCOPE_NAMES[one.scope]}“{_short(one)}”{PARTS.get(part, '')}" if one else TREE
    if kind == "goals":
        return f"{SCOPE_NAMES.get(rest, '')}目标"
    if kind == "funding":
        scope, _, source = rest.partition(".")
        return f"{SCOPE_NAMES.get(scope, '')}{CELLS.get(source, source)}"
    return "填报日期" if path == "filed_at" else TEXTS.get(path, path)


def _short(one: Named) -> str:
    name = one.name.strip() or one.label
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def correction_words(path: str, text: str) -> str:
    """The proposed text as people read it: a class by its name."""
    is_class = path.endswith(".category") and text in DEFINITIONS
    return DEFINITIONS[text].name if is_class else text


def indicator_text(path: str, indicators: Mapping[int, Named]) -> str:
    """What stands in a field of an indicator now; of its class, the name."""
    _, number, part = path.split(".")
    one = indicators.get(int(number))
    if one is None:
        return ""
    return correction_words(path, one.category) if part == "category" else str(getattr(one, part))
