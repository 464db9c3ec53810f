"""What the address of the list of cited 文号 asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.http import QueryDict

from imports.document_numbers import whole_number
from imports.gazettes.citing.finding import CitedNumber
from projects.filters.words import has_word, words_of

MAX_TEXT: Final = 100
HELD: Final = {"": "全部", "yes": "已收录", "no": "未收录"}
SORTS: Final = {"": "引用项目", "amount": "年度金额", "number": "文号"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of the cited 文号 are shown, and in which order. Nonsense in the address asks for nothing."""

    q: str
    held: str
    sort: str

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """What an address asks for."""
        held, sort = query.get("held", ""), query.get("sort", "")
        return cls(query.get("q", "").strip()[:MAX_TEXT], held if held in HELD else "", sort if sort in SORTS else "")

    def searched(self, numbers: Iterable[CitedNumber]) -> list[CitedNumber]:
        """Those that have every word in the number or in the document's title; a whole 文号 in any brackets is one word."""
        whole = whole_number(self.q)
        words = [whole.standard] if whole else words_of(self.q)
        return [one for one in numbers if all(has_word(f"{one.number} {one.title or ''}", word) for word in words)]

    def chosen(self, numbers: Iterable[CitedNumber]) -> list[CitedNumber]:
        """Those held or not held, as asked, in the order asked for."""
        found = [one for one in numbers if not self.held or (one.document_id is not None) == (self.held == "yes")]
        if self.sort == "amount":
            found.sort(key=lambda one: (one.amount is None, -(one.amount or Decimal(0))))
        elif self.sort == "number":
            found.sort(key=lambda one: one.number)
        return found
