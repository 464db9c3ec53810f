"""What a person may state for a text that does not state it itself: the same for the command and the site."""

from __future__ import annotations

from projects.models import YEARS
from projects.regions import RegionRef, region_by_code, regions_named

FIRST_YEAR, LAST_YEAR = YEARS


class RegionUnclearError(ValueError):
    """The text names no region or several; the message says so in Chinese, beginning with the text."""


def region_asked(text: str) -> RegionRef:
    """The region that a person means: six-digit code, name, or ``代码=名称`` for one that no table has.

    Raises `RegionUnclearError`.
    """
    code, _, name = text.partition("=")
    if name and len(code) == 6 and code.isascii() and code.isdigit():
        return RegionRef(code, name, name, None)
    if (known := region_by_code(text)) is not None:
        return known
    found = regions_named(text)
    if len(found) == 1:
        return found[0]
    if found:
        names = "、".join(f"{region.name}（{region.code}）" for region in found)
        raise RegionUnclearError(f"{text} 不止一个：{names}。请写六位代码。")
    raise RegionUnclearError(f"{text} 不在行政区划表中，请写六位代码，或写“代码=名称”，如 140499=某某开发区。")
