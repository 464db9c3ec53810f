"""文号 in running text: 长政发〔2024〕5号 in every bracket style, and orders such as 国务院令第713号.

Printed texts have 〔〕, [], （）, 【】 and their mixtures, spaces and line wraps inside, 第5号 for 5号, and no mark where
the letters of the issuer begin: 根据长政发〔2024〕5号. The standard form is that of GB/T 9704-2012, 7.2.5: the year in full
within 〔〕, the number without 第 and without leading zeros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["bracketed", "order"]


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """One 文号 and its place in the text it was found in."""

    kind: Kind
    """``bracketed`` is 长政发〔2024〕5号, ``order`` is 国务院令第713号."""
    letters: str
    """The issuer's letters (长政发), or the organ of an order (国务院)."""
    year: int | None
    number: int
    start: int
    end: int
    """``text[start:end]`` is the number as it stands in the text."""
    printed: str
    """As printed, with line wraps taken out."""
    standard: str
    """长政发〔2024〕5号, 国务院令第713号: equal for two printings of the same number."""


_DIGITS = r"[0-9０-９](?:[ \t\u3000]?[0-9０-９]){0,4}+"
_YEAR = r"(?:1|１)\s?(?:9|９)(?:\s?[0-9０-９]){2}|(?:2|２)\s?(?:0|０)(?:\s?[0-9０-９]){2}"
_OPEN, _CLOSE = "〔﹝〈<\\[［（({｛【〖", "〕﹞〉>\\]］）)}｝】〗"
# Numbered things that are not documents: 5号楼, 2号线.
_THINGS = "楼|线|院|路|井|桥|门|炉|机|厂|桩|店|仓|库|车|地块|标段|隧道|煤|矿|泵|站|塔|台|街|巷|区|村"
_BRACKETED = re.compile(
    rf"[{_OPEN}]\s{{0,3}}(?P<year>{_YEAR})\s{{0,3}}年?\s{{0,3}}[{_CLOSE}]"
    rf"\s{{0,4}}(?:第\s{{0,4}})?(?P<number>{_DIGITS})\s{{0,4}}[）)]?\s{{0,2}}号(?!{_THINGS})"
)
_CHINESE = "一二三四五六七八九十百零〇○"
_ORDER = re.compile(
    rf"令\s{{0,4}}[（(\[〔]?\s{{0,3}}(?:(?P<year>{_YEAR})\s{{0,3}}年\s{{0,3}})?第?\s{{0,4}}(?P<number>{_DIGITS}|[{_CHINESE}]{{1,6}})"
    r"\s{0,4}号"
)
_ORDER_LAST = re.compile(rf"第\s{{0,4}}(?P<number>{_DIGITS}|[{_CHINESE}]{{1,6}})\s{{0,4}}号\s{{0,2}}令(?P<year>)")

_FURTHEST: Final = 60
_MOST_LETTERS: Final = 14
_USUAL_LETTERS: Final = 6
_HAN = re.compile(r"[一-鿿㐀-䶿〇]")

_WORDS = re.compile(
    "根据|依据|按照|依照|遵照|参照|比照|对照|执行|落实|贯彻|印发|转发|下发|制发|颁发|发布|公布|通知|通报|通告|公告|意见|办法|方案|规定|"
    "决定|决议|批复|答复|复函|报告|请示|规划|计划|细则|条例|标准|措施|纪要|文件|合同|协议|文号|字号|编号|以及|关于|精神|要求|废止|"
    "政府|国务院|办公厅|办公室|委员会|常委会|市委|省委|县委|区委|党委|发改委|卫健委|国资委|已经|其中|包括|详见|参见|批准|同意"
)
_ORGANS = re.compile(
    "(?:财政|教育|科技|民政|司法|水利|商务|交通运输|农业农村|住建|住房城乡建设|文化和旅游|生态环境|自然资源|应急管理)部(?![发函规办厅])|"
    "[局厅部院](?![发函字办规综文电党机财教])"
)
_NEVER = re.compile("[的号与及见按以为由自对是到于从被把了该其据依等和或原将即如]")
"""Characters that join a number to a sentence; some also name a place (和政发, 原政发, 于府发)."""
_COUNTERS: Final = tuple("年月日次条项款期届号页章")
_PLACELESS = re.compile("[政府办党委县市区]")
"""What letters do not begin with when the place before them has been cut off."""
_APPROVED = re.compile("经(?![信开济贸发])")

_ORDER_ORGAN = re.compile("(?:国务院|主席|政府|部|委|委员会|常委会|局|总局|署|厅|行|会|院|办|军委)$")
_ORDER_WORDS = re.compile(
    "根据|依据|按照|依照|遵照|参照|比照|执行|落实|贯彻|发布|公布|以及|条例|办法|规定|细则|关于|经|由|以|及|和|与|的|为|于|号"
)


def numbers_in(text: str) -> list[DocumentNumber]:
    """Every 文号 in a text, in its order. None overlaps another; what has no letters of an issuer is not one."""
    found = sorted([*_bracketed(text), *_orders(text)], key=lambda number: number.start)
    return [number for place, number in enumerate(found) if not place or number.start >= found[place - 1].end]


def whole_number(text: str) -> DocumentNumber | None:
    """The 文号 that a text consists of, but for brackets and spaces around it; ``None`` for any other text."""
    if len(text) > _FURTHEST * 2:
        return None
    numbers = numbers_in(text)
    if len(numbers) != 1:
        return None
    outside = text[: numbers[0].start] + text[numbers[0].end :]
    return None if outside.strip(" \t\u3000()（）[]【】*#。") else numbers[0]


def _bracketed(text: str) -> Iterator[DocumentNumber]:
    for core in _BRACKETED.finditer(text):
        start, letters = _letters(text, core.start())
        if 2 <= len(letters) <= _MOST_LETTERS:
            year, number = _figure(core["year"]), _figure(core["number"])
            standard = f"{letters}〔{year}〕{number}号"
            yield _found("bracketed", text, (start, core.end()), letters, year, number, standard)


def _orders(text: str) -> Iterator[DocumentNumber]:
    if "令" not in text:
        return
    for core in [*_ORDER.finditer(text), *_ORDER_LAST.finditer(text)]:
        places = _run(text, core.start())
        run = "".join(text[place] for place in places)
        start = max((word.end() for word in _ORDER_WORDS.finditer(run)), default=0)
        organ = run[start:]
        if len(organ) >= 2 and _ORDER_ORGAN.search(organ):
            year, number = _figure(core["year"]) if core["year"] else None, _figure(core["number"])
            standard = f"{organ}令{f'{year}年' if year else ''}第{number}号"
            yield _found("order", text, (places[start], core.end()), organ, year, number, standard)


def _found(
    kind: Kind, text: str, place: tuple[int, int], letters: str, year: int | None, number: int, standard: str
) -> DocumentNumber:
    printed = re.sub(r"\s*[\r\n]\s*", "", text[place[0] : place[1]])
    return DocumentNumber(kind, letters, year, number, *place, printed, standard)


def _run(text: str, end: int) -> list[int]:
    """Places of the characters that stand before ``end`` without punctuation or an empty line between them."""
    places: list[int] = []
    breaks = 0
    for place in range(end - 1, max(end - _FURTHEST, 0) - 1, -1):
        character = text[place]
        if _HAN.match(character):
            places.append(place)
            breaks = 0
        elif not character.isspace() or character == "\t":
            break
        elif character == "\n":
            breaks += 1
            if breaks > 1:
                break
    return places[::-1]


def _letters(text: str, end: int) -> tuple[int, str]:
    """Where the issuer's letters before a bracket begin, and which they are; none are ``""``."""
    places = _run(text, end)
    run = "".join(text[place] for place in places)
    before = text[places[0] - 1] if places and places[0] else ""
    start = max(_cut_at_words(run), _cut_at_counter(run, before))
    start = _cut_at_organ(run, start)
    start = _cut_at_characters(run, start, before)
    start = _cut_at_space(places, start)
    return (places[start], run[start:]) if start < len(run) else (end, "")


def _cut_at_words(run: str) -> int:
    return max((word.end() for word in _WORDS.finditer(run)), default=0)


def _cut_at_counter(run: str, before: str) -> int:
    """131次长发改投资发, 3日长政发: what counts the figure before it is no letter."""
    return int(before.isdigit() and run[:1] in _COUNTERS)


def _cut_at_organ(run: str, start: int) -> int:
    """市财政局长财社: after the name of an organ, where letters of two or more are left; 人社部发 is one."""
    for organ in _ORGANS.finditer(run, start):
        if organ.end() - start >= 3 and len(run) - organ.end() >= 2:
            start = organ.end()
    return start


def _cut_at_characters(run: str, start: int, before: str) -> int:
    opened = start == 0 and before in _AFTER_WHICH_LETTERS_BEGIN
    for joint in _NEVER.finditer(run, start):
        rest = run[joint.end() :]
        names_place = bool(_PLACELESS.match(rest)) or (opened and joint.start() == 0 and joint[0] in "和原将即如自从于")
        if rest and not names_place:
            start = joint.end()
    approved = _APPROVED.match(run, start)
    return approved.end() if approved and len(run) - approved.end() >= 2 else start


_AFTER_WHICH_LETTERS_BEGIN = frozenset("（(〔[【《“:：")


def _cut_at_space(places: list[int], start: int) -> int:
    """In a run that is too long for letters alone: after its last space or line wrap that leaves three or more."""
    if len(places) - start <= _USUAL_LETTERS:
        return start
    breaks = (at for at in range(len(places) - 3, start, -1) if places[at] - places[at - 1] > 1)
    return next(breaks, start)


_CHINESE_FIGURES: Final = {character: figure for figure, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
}


def _figure(printed: str) -> int:
    """A number in Arabic figures (with spaces, full width) or in Chinese (二百九十, 一〇二)."""
    if printed[0] not in _CHINESE:
        return int(re.sub(r"\s", "", printed))
    if "十" not in printed and "百" not in printed:
        return int("".join(str(_CHINESE_FIGURES[character]) for character in printed))
    total, figure = 0, 0
    for character in printed:
        if character in "十百":
            total, figure = total + max(figure, 1) * (10 if character == "十" else 100), 0
        else:
            figure = _CHINESE_FIGURES[character]
    return total + figure
