"""Tables of markdown and of box drawing: ``| a | b |`` over ``|---|---|``, ``│ a │ b │`` between ``├───┼───┤``."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from typing import Final

_PIPES: Final = "|│┃║｜"
_PIPE = re.compile(rf"(?<!\\)[{_PIPES}]")
_RULE = re.compile(r"[\s|│┃║+:=\-—–─━┄┅┈┉═┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╞╪╡]{3,4000}")
_DASH = re.compile(r"[-—–─━═┄┅┈┉=]{2}|:-|-:|[┌├└┏┣┗╔╠╚]")
_ESCAPED = re.compile(rf"\\([{_PIPES}])")
_QUOTED = re.compile(r"\A\s{0,3}>\s?")
_FEWEST_ALONE: Final = 3
_LONGEST_RULE: Final = 4000


def pipes_as_tabs(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each line of such a table, by its place from 0, with tabs between its cells; a rule has blank cells only."""
    block: list[int] = []
    fewest = _FEWEST_ALONE
    for place, line in enumerate(lines):
        if _is_ruled(line):
            block.append(place)
        elif block:
            fewest = yield from _converted(lines, block, fewest)
            block = []
    yield from _converted(lines, block, fewest)


def _is_ruled(line: str) -> bool:
    """Whether a line holds a pipe, or is a rule between rows."""
    if any(pipe in line for pipe in _PIPES):
        return True
    text = line.strip()
    return bool(text) and text[0] in "+┌├└┏┣┗╔╠╚" and _is_rule(text)


def _is_rule(text: str) -> bool:
    return len(text) <= _LONGEST_RULE and _RULE.fullmatch(text) is not None and _DASH.search(text) is not None


def _converted(lines: Sequence[str], block: Sequence[int], fewest: int) -> Generator[tuple[int, str], None, int]:
    """The rows of a block; how many cells a row alone has at the fewest, once the text is known to print tables so."""
    texts = {place: _QUOTED.sub("", lines[place], count=1).strip() for place in block}
    rules = {place for place, text in texts.items() if _is_rule(text)}
    framed = sum(_is_framed(text) for place, text in texts.items() if place not in rules)
    if len(texts) == len(rules) or (not rules and framed < len(texts)):
        return fewest
    rows = {place: _cells(text) for place, text in texts.items() if place not in rules}
    width = max(map(len, rows.values()))
    if width < 2 or (len(texts) == 1 and width < fewest):
        return fewest
    for place in block:
        yield place, "\t".join(rows.get(place, [""] * width))
    return 2


def _is_framed(text: str) -> bool:
    return len(text) > 2 and text[0] in _PIPES and text[-1] in _PIPES and not text.endswith("\\|")


def _cells(text: str) -> list[str]:
    """The cells of a row, without the pipes at its ends."""
    cells = _PIPE.split(text)
    if len(cells) > 1 and not cells[0].strip() and text[:1] in _PIPES:
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1].strip() and text[-1:] in _PIPES:
        cells = cells[:-1]
    return [_ESCAPED.sub(r"\1", cell).replace("\t", " ").strip() for cell in cells]
