"""A project's name without the number of its part, by which the parts of one project are found."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_NUMBER: Final = r"(?:[一二三四五六七八九十两]{1,3}|(?<!\d)\d{1,2}|[IVX]{1,4}|[A-Z]|[甲乙丙丁])"
_COUNTED: Final = r"(?:期|(?:合同|标)[段包]|标(?![准志识杆])|批次|阶段|分包|包(?![括含装])|子项)"
# Words that mean a number of things without 第: 一批 is "a batch", 三部分 "three parts".
_ORDERED: Final = r"(?:批|部分|段|片区?|单元|组团|地块)"
_PART = re.compile(
    rf"第?{_NUMBER}(?:[、和及,~-]第?{_NUMBER})*{_COUNTED}|第{_NUMBER}(?:[、和及,~-]第?{_NUMBER})*{_ORDERED}"
    rf"|[期标][段包]?{_NUMBER}$|标段{_NUMBER}(?=\))"
)
_AT_THE_END = re.compile(rf"(?:\({_NUMBER}\)|之{_NUMBER}|[-—_]\d{{1,2}}|(?<=[目程])\d{{1,2}})$")
_EMPTY_BRACKETS = re.compile(r"\([、,和及]*\)")


def plain(text: str) -> str:
    """A text as texts are compared: no white space, one width of letters and brackets, no stop at the end."""
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("。.;；,，")


@lru_cache(maxsize=16384)
def plain_name(name: str) -> str:
    """`plain` for names and values, which come again and again: with other rules, and in other forms."""
    return plain(name)


@lru_cache(maxsize=8192)
def stem(name: str) -> str:
    """The name without the number of its part: 道路工程（一期）, 道路工程二期 and 道路工程第1标段 → 道路工程.

    A name without such a number comes back as `plain` gives it.
    """
    whole = plain(name)
    short = _AT_THE_END.sub("", _PART.sub("", whole))
    return _EMPTY_BRACKETS.sub("", short).rstrip("-—_、,") or whole
