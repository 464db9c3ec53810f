"""Whose list it is: region, year and unit, from the title and the unit line, else from what the person said."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from imports.layouts.key_project_list.furniture import Furniture, squeeze
from imports.reading import Defaults, SourceError
from perfgoals.money import UNITS
from projects.regions import RegionRef, region_by_code, regions_at_start

_LEADING_YEAR = re.compile(r"^(?:附[件表]\d*[:：]?)?(?:[\d〇○零一二三四五六七八九]{4}年度?)?")
_OTHER_PLACE = re.compile(
    r"^(?!本级|市级|市本级|县级|县本级|区级|区本级)[^，]{0,14}?"
    r"(?:开发区|新区|园区|示范区|高新区|管理区|试验区|度假区|矿区|街道|[^地社校景片辖]区(?!域|划|级|本级|县)|[县旗镇](?!级|本级|区))"
)
_MOST_NAMED: Final = 6


class Heading(NamedTuple):
    """Region, year and printed unit of the whole list."""

    region_code: str
    region_name: str
    year: int
    unit: str


def read_heading(furniture: Furniture, defaults: Defaults) -> Heading:
    """What the text prints, else the defaults. Raises `SourceError` naming what is missing and the option to give."""
    code, name = _region(furniture, defaults)
    year = furniture.year or defaults.year
    if year is None:
        raise SourceError("清单的标题没有写明年度，请用 --year 指明。", _heading_line(furniture))
    return Heading(code, name, year, _unit(furniture, defaults))


def _heading_line(furniture: Furniture) -> int | None:
    """The line to look at when something is missing: the title, else the column header."""
    return furniture.title_line or min(furniture.columns, default=None)


def _unit(furniture: Furniture, defaults: Defaults) -> str:
    printed = furniture.units
    for unit, line in printed:
        if unit != printed[0][0]:
            first = f"第{printed[0][1]}行的单位是{printed[0][0]}"
            raise SourceError(f"{first}，第{line}行却是{unit}，无法确定金额，请改正或分成两个文件后再导入。", line)
    if printed:
        return printed[0][0]
    if defaults.unit is None:
        raise SourceError("清单没有写明金额单位，请用 --unit 指明（元、万元或亿元）。", _heading_line(furniture))
    if defaults.unit not in UNITS:
        raise SourceError(f"金额单位“{defaults.unit}”不是元、万元或亿元，请用 --unit 重新指明。")
    return defaults.unit


def _region(furniture: Furniture, defaults: Defaults) -> tuple[str, str]:
    title, line = furniture.title, _heading_line(furniture)
    found = _printed_regions(title) if title else []
    chosen = [region for region in found if region.code == defaults.region_code] or found
    if len(chosen) == 1:
        return chosen[0].code, chosen[0].name
    if len(chosen) > 1:
        names = "、".join(f"{region.code} {region.name}" for region in chosen[:_MOST_NAMED])
        more = "等" if len(chosen) > _MOST_NAMED else ""
        raise SourceError(f"标题所写的地区有同名的（{names}{more}），请用 --region 指明是哪一个。", line)
    return _default_region(title, line, defaults)


def _default_region(title: str | None, line: int | None, defaults: Defaults) -> tuple[str, str]:
    if defaults.region_code is None:
        what = f"标题“{title}”中没有可识别的行政区划" if title else "清单没有写明所属地区的标题"
        raise SourceError(f"{what}，请用 --region 指明。", line)
    known = region_by_code(defaults.region_code)
    return defaults.region_code, defaults.region_name or (known.name if known else defaults.region_code)


def _printed_regions(title: str) -> list[RegionRef]:
    """The divisions that a title can mean; none where it goes on to a place that is no division of its own."""
    text = _LEADING_YEAR.sub("", squeeze(title), count=1)
    found = regions_at_start(text)
    if not found:
        return []
    end = min(text.find(name) + len(name) for name in _names_in(found, text))
    place = re.split(r"\S{4}年", text[end:], maxsplit=1)[0].split("绩效目标", 1)[0]
    return [] if _OTHER_PLACE.match(place) else found


def _names_in(regions: list[RegionRef], text: str) -> list[str]:
    """The name as the title prints it: full (长治市上党区) where it does, else the division's own."""
    full = [region.name for region in regions if region.name in text]
    return full or [region.short_name for region in regions]
