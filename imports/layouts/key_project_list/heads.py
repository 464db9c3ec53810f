"""Finding the head of every project: serial, name, amount and the start of the department.

The head comes in every cut (layout fact), and lines of prose begin with digits too. So every line that could begin a
head is read in every way that makes sense, each reading is scored by what speaks for it, and the chain of readings with
the best total is taken: one line alone never decides.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from imports.layouts.key_project_list.sheet import Gap, Line, ends_sentence, width_of

LABEL = re.compile(r"(?:政策依据|支出内容)\s*[:：]")
GOAL_LABEL = re.compile(r"绩效目标\s*[:：]")
ORGAN = re.compile(r"(?:[局委办心院司校学馆科处会部所站队社府场厅行团署园室库道镇乡台位门区县市庭联监]|街道|[）)])$")

_START = re.compile(r"(\d{1,4})(?:\s+(\S.*))?")
_AMOUNT = re.compile(r"[-－−]?\d(?:[\d,，.．]*\d)?(?:亿元|万元|元)?")
_WORD = re.compile(r"\S+")
_PROSE = re.compile(r"[。；！？;!?]")
_NOT_DEPARTMENT = re.compile(r"[。；！？，,：:;!?=＝%％]")
_MEASURE = re.compile(
    r"(?:万元|亿元|元|万|亿|亩|平方|公里|千米|米|吨|个|户|人次|余|多|名|家|座|条|套|台|%|％|年|月|日)"
)
_AFTER_COUNT = re.compile(
    r"(?:个|%|％|万元|亿元|元|公里|平方|万人|万吨|余|多|人次|年(?!度)|月(?!度)|日|所(?!属)|辆|亩|吨|座(?!谈)|条(?!例|件)|处(?!置|理)"
    r"|名(?!师|医|校|录|城|村|镇)|户(?!外|籍|用)|家(?!庭|电|政|禽|校|具|园)|台(?!账|风)|批(?!发|准)|类(?!别)|项(?!目))"
)
"""What follows a count in prose (12 个乡镇, 3 所学校) and hardly ever begins a project's name."""
_OPENING: Final = "（(〔[【《<〈"
_CLOSING: Final = "）)〕]】》>〉"
_NAME = re.compile(r"[^\W\d_]")

_REACH: Final = 14
"""Lines that a head may take: the longest seen has six, page furniture not counted."""
_LONGEST_LINE: Final = 160
_MOST_EARLIER: Final = 3
"""Words before the amount that could be one as well; more are a row of figures and no name."""
_PIECE_WIDTH: Final = 26
_MOST_FIGURES: Final = 10
_LOWEST: Final = -3.0
_NEXT_SERIAL: Final = 5.0
_FIRST_SERIAL: Final = 3.0
_OTHER_SERIAL: Final = -5.0
"""A gap, a doubled serial or a list that begins anew: only where the head itself is unmistakable."""
_NO_AMOUNT: Final = -3.0
_IN_GOALS_PLACE: Final = -3.0
_LAST_HEAD: Final = 0.5
"""Score that the last head of a chain needs: nothing comes after it to bear it out."""


@dataclass(frozen=True, slots=True)
class Head:
    """One way to read a head. ``start`` and ``end`` are positions in the data lines, ``end`` that of the amount.

    ``amount`` is as printed, ``None`` where no amount can be found; ``department`` is what follows it on its line.
    """

    start: int
    end: int
    serial: int
    name: str
    amount: str | None
    department: str
    score: float


def is_piece(text: str) -> bool:
    """Whether a line could be a piece of a department's name."""
    if not text or text[0].isdigit() or width_of(text) > _PIECE_WIDTH:
        return False
    return not (_NOT_DEPARTMENT.search(text) or LABEL.match(text) or GOAL_LABEL.match(text))


def open_brackets(text: str) -> int:
    """How many brackets a text leaves open (negative: closes without opening)."""
    return sum((mark in _OPENING) - (mark in _CLOSING) for mark in text)


def find_heads(lines: Sequence[Line]) -> list[Head]:
    """The best chain of heads in the text, in its order."""
    below_cells = _below_cells(lines)
    found = []
    for start in range(len(lines)):
        for head in readings(lines, start):
            score = head.score + (_IN_GOALS_PLACE if below_cells[start] else 0.0)
            found.append(replace(head, score=score))
    return _best_chain(found)


def _below_cells(lines: Sequence[Line]) -> list[bool]:
    """For each line whether the paragraph right above it is a labelled cell, so that a goal is due there."""
    found, labelled = [], False
    for line in lines:
        found.append(labelled and line.gap == Gap.BLANK)
        labelled = LABEL.match(line.text) is not None or (labelled and line.gap == Gap.NONE)
    return found


def readings(lines: Sequence[Line], start: int) -> list[Head]:
    """Every way to read a head that begins at a line, best first; empty where none makes sense."""
    if not lines[start].text[0].isdigit() or (match := _START.fullmatch(lines[start].text[:_LONGEST_LINE])) is None:
        return []
    reader = _HeadReader(lines, start, int(match[1]), match[2] or "")
    found = list(reader.with_amount())
    if not found and (broken := reader.without_amount()):
        found = [broken]
    return sorted((head for head in found if head.score >= _LOWEST or head.amount is None), key=lambda h: -h.score)


class _HeadReader:
    def __init__(self, lines: Sequence[Line], start: int, serial: int, rest: str) -> None:
        self.lines, self.start, self.serial, self.rest = lines, start, serial, rest

    def _texts(self) -> Iterator[tuple[int, str]]:
        """The lines a head could take, up to the first that cannot be in one."""
        if self.rest:
            yield self.start, self.rest
        for position in range(self.start + 1, min(self.start + _REACH, len(self.lines))):
            text = self.lines[position].text
            if len(text) > _LONGEST_LINE or LABEL.match(text) or GOAL_LABEL.match(text):
                return
            yield position, text

    def with_amount(self) -> Iterator[Head]:
        """A reading for every word that could be the amount."""
        name, earlier = "", 0
        for position, text in self._texts():
            for word in _WORD.finditer(text):
                before, tail = name + text[: word.start()].strip(), text[word.end() :].strip()
                if _AMOUNT.fullmatch(word[0]) and _NAME.search(before) and _is_tail(tail):
                    score = self._score(position, before, tail) - 3.0 * earlier
                    yield Head(self.start, position, self.serial, before, word[0], tail, score)
                    earlier += open_brackets(before) == 0
            name += text
            if earlier >= _MOST_EARLIER or _PROSE.search(name) or _is_figures(name):
                return

    def without_amount(self) -> Head | None:
        """A head whose amount cannot be read: only where a cell with its label follows."""
        name, last = "", self.start
        for position, text in self._texts():
            name, last = name + text, position
        followed = last + 1 < len(self.lines) and LABEL.match(self.lines[last + 1].text)
        if not followed or not _NAME.search(name) or _PROSE.search(name) or not self._opens():
            return None
        return Head(self.start, last, self.serial, name, None, "", _NO_AMOUNT)

    def _opens(self) -> bool:
        line = self.lines[self.start]
        return self.start == 0 or line.gap != Gap.NONE or line.new_page

    def _score(self, end: int, name: str, tail: str) -> float:
        return self._before() + _name_score(name) + self._shape(end) + _tail_score(tail) + self._after(end)

    def _before(self) -> float:
        if self._opens():
            return 2.0
        return -1.0 if ends_sentence(self.lines[self.start - 1].text) else -2.0

    def _shape(self, end: int) -> float:
        gaps = sum(self.lines[position].gap == Gap.BLANK for position in range(self.start + 1, end + 1))
        alone = 0.5 if not self.rest else 0.0
        return alone - 0.3 * gaps - max(0, end - self.start - 6)

    def _after(self, end: int) -> float:
        """What the lines below the amount say: pieces of a department, then a label, is how a head goes on."""
        organ = 0.0
        for position in range(end + 1, min(end + 10, len(self.lines))):
            line = self.lines[position]
            if LABEL.match(line.text):
                return 3.0 + organ
            if not is_piece(line.text):
                return self._below(line, contiguous=position == end + 1) + organ
            organ = 1.0 if ORGAN.search(line.text) else organ
        return organ

    def _below(self, line: Line, *, contiguous: bool) -> float:
        match = _START.fullmatch(line.text)
        if match and int(match[1]) == self.serial + 1:
            return 1.0
        if line.gap == Gap.NONE and _is_amount(line.text):
            return -4.0
        if line.gap != Gap.NONE:
            return 1.0
        return -2.0 if contiguous else 0.0


def _is_amount(text: str) -> bool:
    """Whether a line could be the amount of a head, with or without its department; 57 个乡镇 is a count in prose."""
    word, *rest = text.split(None, 1)
    tail = rest[0] if rest else ""
    return _AMOUNT.fullmatch(word) is not None and _is_tail(tail) and _AFTER_COUNT.match(tail) is None


def _is_figures(name: str) -> bool:
    return len(name) > _MOST_FIGURES and _NAME.search(name) is None


def _is_tail(tail: str) -> bool:
    """Whether the rest of the amount's line could be a department."""
    if not tail:
        return True
    if _NOT_DEPARTMENT.search(tail) or not _NAME.search(tail) or width_of(tail) > 80:
        return False
    if _MEASURE.match(tail) and not (len(tail) > 3 and ORGAN.search(tail)):
        return False
    return not any(_AMOUNT.fullmatch(word) for word in tail.split())


def _tail_score(tail: str) -> float:
    return 2.0 if tail and ORGAN.search(tail) else 0.0


def _name_score(name: str) -> float:
    score = -5.0 if open_brackets(name) else 0.0
    score -= 1.0 * ("，" in name) + 1.0 * ("：" in name or ":" in name) + 3.0 * (_AFTER_COUNT.match(name) is not None)
    return score - max(0, width_of(name) - 120) / 10


class _Chains:
    """The best chain that ends with each serial, and the best of all, among the heads that are done."""

    def __init__(self) -> None:
        self.by_serial: dict[int, tuple[float, int]] = {}
        self.best: tuple[float, int] = (0.0, -1)

    def add(self, serial: int, score: float, index: int) -> None:
        if score > self.by_serial.get(serial, (float("-inf"), -1))[0]:
            self.by_serial[serial] = (score, index)
        if score > self.best[0]:
            self.best = (score, index)

    def link(self, serial: int) -> tuple[float, int]:
        """Score and index of the best chain that a head with this serial can join."""
        links = [(_FIRST_SERIAL if serial == 1 else 0.0, -1)]
        if before := self.by_serial.get(serial - 1):
            links.append((before[0] + _NEXT_SERIAL, before[1]))
        if self.best[1] >= 0:
            links.append((self.best[0] + _OTHER_SERIAL, self.best[1]))
        return max(links)


def _best_chain(heads: Sequence[Head]) -> list[Head]:
    """Longest-chain search in one pass: a head joins a chain that ended above it, best where serials follow."""
    chains, waiting = _Chains(), list[tuple[int, int]]()
    totals, links = [0.0] * len(heads), [-1] * len(heads)
    for index, head in enumerate(heads):
        while waiting and waiting[0][0] < head.start:
            done = heapq.heappop(waiting)[1]
            chains.add(heads[done].serial, totals[done], done)
        linked, links[index] = chains.link(head.serial)
        totals[index] = linked + head.score
        heapq.heappush(waiting, (head.end, index))
    return _unwound(heads, totals, links)


def _unwound(heads: Sequence[Head], totals: Sequence[float], links: Sequence[int]) -> list[Head]:
    ends = [total - (_NEXT_SERIAL if head.score < _LAST_HEAD else 0) for head, total in zip(heads, totals, strict=True)]
    index = max(range(len(heads)), key=lambda i: ends[i], default=-1)
    chain = []
    while index >= 0:
        chain.append(heads[index])
        index = links[index]
    return chain[::-1]
