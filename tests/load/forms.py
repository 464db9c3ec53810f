"""The editing page in the hands of somebody who types: pure, without Django, from the page's own html."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from random import Random
from typing import Final

from benchmarks.edit_forms import EditForm
from tests.load.ledger import plain, plain_amount

TEXTS: Final = ("basis", "content", "necessity", "safeguards", "plan")
UNITS: Final = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_TOTAL: Final = "funding.annual.total"
_UNIT: Final = re.compile(r'aria-label="年度资金总额（(\w+)）"')
_ROW: Final = re.compile(r'(?s)name="conflict"\s+value="([^"]+)".*?value="theirs"[^>]*><span>(.*?)</span>')
_PROBLEMS: Final = re.compile(r'(?s)id="problems".*?<ul>(.*?)</ul>')

Fields = dict[str, tuple[str, str]]
"""Field → what the person was shown, and what they want there."""


class Typing:
    """One form being filled in. ``wants`` is what the next save would change; each value is written in one way only."""

    def __init__(self, page: str, random: Random, tag: str) -> None:
        self._random, self._tag = random, tag
        self.wants: Fields = {}
        self._choices: list[tuple[str, str]] = []
        self._take(page)
        unit = _UNIT.search(page)
        self._yuan = UNITS.get(unit[1] if unit else "", 0)

    @property
    def posted(self) -> list[tuple[str, str]]:
        """What the browser sends, without the button."""
        return [*self._fields.items(), *self._repeated, *self._choices]

    def write(self, number: int) -> None:
        """Change a text or two, and every third time money: one source and the total by the same amount."""
        for name in self._random.sample(TEXTS, self._random.choice((1, 1, 2))):
            self._set(name, f"{self._tag}-{number}-{name}")
        if self._random.random() < 1 / 3:
            self._pay_more(number)
        self._fields["reason"] = "压力检验"

    def decide(self, page: str) -> str:
        """Do what a page asks for that came back in place of a save: settle what came between (``met``), one's own or the
        other's, or explain sums that differ (``mended``). Empty where the page asks for something else."""
        is_met = 'id="between"' in page
        if not is_met and 'href="#f-funding_note"' not in page:
            return ""
        self._take(page)
        side = self._random.choice(("mine", "mine", "theirs"))
        for key, theirs in conflicts_of(page).items():
            self._choices.append((f"choose.{key}", side))
            wanted = self.wants.pop(key, None)
            if wanted is not None and side == "mine":
                shown = plain_amount(theirs) if key == "amount" else plain(theirs)
                self.wants[key] = shown, wanted[1]
        if "head.funding_note" in self._fields:
            self._fields["head.funding_note"] = "压力检验：金额由各人分别填写"
        return "met" if is_met else "mended"

    def _take(self, page: str) -> None:
        form = EditForm()
        form.feed(page)
        self._choices = []
        self._repeated = [pair for pair in form.fields if pair[0] in ("rows", "conflict")]
        self._fields = {name: value for name, value in form.fields if name not in ("rows", "conflict")}

    def _set(self, name: str, value: str) -> None:
        self.wants[name] = plain(self._fields.get(f"head.{name}")), plain(value)
        self._fields[f"head.{name}"] = value

    def _pay_more(self, number: int) -> None:
        parts = [
            name
            for name, value in self._fields.items()
            if name.startswith("funding.annual.") and name != _TOTAL and plain_amount(value)
        ]
        before = plain_amount(self._fields.get(_TOTAL), self._yuan)
        if not parts or not before or not self._yuan:
            return
        for name in (self._random.choice(parts), _TOTAL):
            # Whole numbers, which every unit prints.
            self._fields[name] = f"{Decimal(plain(self._fields[name]).replace(',', '')) + number}"
        self.wants["amount"] = before, plain_amount(self._fields[_TOTAL], self._yuan)


def conflicts_of(page: str) -> dict[str, str]:
    """Field → the other person's value, as the page of conflicts shows it."""
    return {unescape(key): unescape(theirs) for key, theirs in _ROW.findall(page)}


def errors_of(page: str) -> str:
    """What the page says is wrong with the form."""
    found = _PROBLEMS.search(page)
    return plain(unescape(re.sub(r"<[^>]+>", "", found[1]))) if found else ""
