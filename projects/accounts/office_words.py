"""Passwords may not rest on words of the office (OWASP ASVS 5, 6.1.2 and 6.2.11): whoever knows where somebody works tries these first.

The list: `WORDS`, the names of the site, and the names of the regions on record without their 省市县区; each as it is
written and in pinyin, in every reading of its characters. docs/security.md names it to people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Any, Final

from django.core.exceptions import ValidationError
from pypinyin import Style, pinyin

from projects.models import Region

WORDS: Final = (
    "绩效", "财政", "财务", "预算", "决算", "资金", "项目", "目标", "指标", "部门", "单位", "审计", "审核", "评价", "监控",
    "管理员", "管理", "用户", "密码", "系统", "平台", "政府", "人民", "中国",
)  # fmt: skip
NAMES: Final = ("perfgoals", "admin", "password", "czj")
"""Of the site, and of what every office has; 财政局 is often written by its first letters."""
LEAST_BESIDES: Final = 4
"""Letters or characters that a password with such a word must have besides. Digits and signs do not count: years follow."""
_KIND: Final = re.compile(r"(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|省|市|县|区|旗|盟)$")
_SHORTEST_PINYIN: Final = 4
_MOST_READINGS: Final = 64


class NotOfTheOffice:
    """Refuses a password of which hardly anything is left once words of the office are taken away."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ``ValidationError`` with the word and what to do."""
        del user
        left, found = _letters(password), []
        for word in sorted(words_of_the_office(), key=len, reverse=True):
            if word in left:
                left = left.replace(word, " ")
                found.append(word)
        if found and len(left.replace(" ", "")) < LEAST_BESIDES:
            raise ValidationError(
                f"密码里主要是“{found[0]}”这类本单位的词，容易被猜到。除了这些词、数字和符号，至少还要有 {LEAST_BESIDES} 个字或字母。",
                code="password_of_the_office",
            )

    def get_help_text(self) -> str:
        """What people read before they type."""
        return "密码不能只用本单位的词（绩效、财政、预算等，行政区划名称，以及它们的拼音）加数字和符号。"


def words_of_the_office() -> Iterator[str]:
    """Every word of the list in small letters, as written and in pinyin."""
    yield from NAMES
    places = (_KIND.sub("", name) for name in Region.objects.values_list("short_name", flat=True))
    for word in (*WORDS, *places):
        if len(word) > 1:
            yield word
            yield from readings(word)


@lru_cache(maxsize=8192)
def readings(word: str) -> tuple[str, ...]:
    """A Chinese word in pinyin without tones and spaces, in every way in which its characters are read."""
    ways = product(*pinyin(word, style=Style.NORMAL, heteronym=True))
    made = dict.fromkeys("".join(way) for way in islice(ways, _MOST_READINGS))
    return tuple(way for way in made if len(way) >= _SHORTEST_PINYIN)


def _letters(password: str) -> str:
    """The password's letters and characters alone, small and of usual width: no sign in between hides a word."""
    usual = unicodedata.normalize("NFKC", password).casefold()
    return "".join(sign for sign in usual if sign.isalpha())
