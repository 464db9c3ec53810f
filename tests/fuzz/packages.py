"""Workbooks damaged on purpose: the cells of their sheets, the XML of their parts, and the zip package around them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Final

from tests.fuzz.mutating import HUGE, MARK, NUMBER, ODD, WIDE, bytes_lost, cut_off, flipped

Parts = dict[str, bytes]
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(/>|>(.*?)</c>)', re.S)
_ROW = re.compile(rb"<row .*?</row>", re.S)
_ENTITIES: Final = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>',
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
)
_NAMES: Final = (
    "../../../tmp/out.xml",
    "/etc/cron.d/x",
    "xl\\worksheets\\sheet1.xml",
    "xl/../xl/workbook.xml",
    "a" * 300,
    "x/",
    "项目.xml",
    "C:\\x",
)


_LONGEST: Final = 3_000
_LARGEST: Final = 50 << 20
"""What damages make longer must not grow with each of them, where a fuzzer goes on from what it made."""


def mutated(data: bytes, random: Random) -> bytes:
    """A workbook with one to three damages; any other file (csv) is none of ours."""
    if random.random() < 0.1:
        return random.choice((flipped, bytes_lost, cut_off))(data, random)
    parts = opened(data)
    for _ in range(random.choice((1, 1, 2, 3))):
        random.choice(OF_PARTS)(parts, random)
    if random.random() < 0.3:
        _change_cell(parts, random, lambda _: MARK.encode())
    return packed(parts, random)


def opened(data: bytes) -> Parts:
    """The parts of a package by name. Raises ``ValueError`` for one that would fill the fuzzer's memory: the reader alone may try."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > _LARGEST:
            raise ValueError("too large to be changed")
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Parts, random: Random) -> bytes:
    """The parts as a package again."""
    to = BytesIO()
    kind = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(to, "w", kind) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name) if random.random() < 0.02 else name, content)
    return to.getvalue()


def _sheets(parts: Parts) -> list[str]:
    return [name for name in parts if SHEET.fullmatch(name)]


def _edit(parts: Parts, random: Random, pattern: re.Pattern[bytes], change: Callable[[re.Match[bytes]], bytes]) -> None:
    """Change one match in one sheet."""
    if not (names := _sheets(parts)):
        return
    name = random.choice(names)
    if found := list(pattern.finditer(parts[name])):
        match = random.choice(found)
        parts[name] = parts[name][: match.start()] + change(match) + parts[name][match.end() :]


def _change_cell(parts: Parts, random: Random, value: Callable[[bytes], bytes]) -> None:
    def inline(match: re.Match[bytes]) -> bytes:
        return b'<c r="%s%s" t="inlineStr"><is><t>%s</t></is></c>' % (match[1], match[2], value(match[5] or b""))

    _edit(parts, random, _CELL, inline)


def odd_text(parts: Parts, random: Random) -> None:
    """A cell holds odd characters, or a number that is none."""
    text = random.choice((*ODD, *HUGE)).encode("utf-8", "replace")
    escaped = text.replace(b"&", b"&amp;").replace(b"<", b"&lt;") if random.random() < 0.7 else text
    _change_cell(parts, random, lambda _: escaped)


def odd_number(parts: Parts, random: Random) -> None:
    """A cell with a number that no form has."""
    number = random.choice(HUGE).encode()
    _edit(parts, random, _CELL, lambda match: b'<c r="%s%s"><v>%s</v></c>' % (match[1], match[2], number))


def formula(parts: Parts, random: Random) -> None:
    """A formula, calculated or not, or one with an error."""
    cell = random.choice((
        b'<c r="%s%s"><f>SUM(A1:A9)</f></c>', b'<c r="%s%s"><f>1+1</f><v>2</v></c>', b'<c r="%s%s" t="e"><v>#REF!</v></c>',
        b'<c r="%s%s" t="str"><f>A1</f><v>x</v></c>', b'<c r="%s%s" t="b"><v>1</v></c>', b'<c r="%s%s" t="s"><v>99999999</v></c>',
        b'<c r="%s%s" t="s"><v>-1</v></c>', b'<c r="%s%s" t="d"><v>2024-13-45</v></c>', b'<c r="%s%s" t="zz"><v>1</v></c>',
        b'<c r="%s%s"><f t="shared" ref="A1:XFD1048576" si="0">A2</f><v>3</v></c>',
    ))  # fmt: skip
    _edit(parts, random, _CELL, lambda match: cell % (match[1], match[2]))


def moved(parts: Parts, random: Random) -> None:
    """A cell that says it stands elsewhere."""
    place = random.choice(
        (b"A1", b"XFD1048576", b"ZZZ999999999", b"A0", b"1A", b"", b"B2", b"AA3", b"a1", b"A4294967296")
    )
    _edit(parts, random, _CELL, lambda match: match[0].replace(match[1] + match[2], place, 1))


def cell_gone(parts: Parts, random: Random) -> None:
    """A cell is missing, or stands twice."""
    _edit(parts, random, _CELL, lambda match: match[0] * random.choice((0, 2)))


def row_changed(parts: Parts, random: Random) -> None:
    """A row is missing, doubled, or says it is another one."""
    number = random.choice((b"1", b"1048577", b"99999999999999999999", b"-3", b"x"))
    changes: tuple[Callable[[re.Match[bytes]], bytes], ...] = (
        lambda _: b"", lambda match: match[0] * 2, lambda match: re.sub(rb'r="\d+"', b'r="%s"' % number, match[0], count=1),
    )  # fmt: skip
    _edit(parts, random, _ROW, random.choice(changes))


def merged(parts: Parts, random: Random) -> None:
    """Merged ranges, sensible or not."""
    ranges = ("A1:B2", "A1:XFD1048576", "B2:A1", "A1", "A1:A1", "XFE1:ZZZ9", "A0:B0", "", "A3:H9", "C4:C12")
    cells = "".join(f'<mergeCell ref="{random.choice(ranges)}"/>' for _ in range(random.choice((1, 3, 200))))
    for name in _sheets(parts)[:1]:
        body = re.sub(rb"<mergeCells.*?</mergeCells>", b"", parts[name], flags=re.S)
        parts[name] = body.replace(b"</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>".encode(), 1)


def large_claim(parts: Parts, random: Random) -> None:
    """A sheet that says it is larger than any machine's memory, or has a cell far away."""
    for name in _sheets(parts)[:1]:
        if random.random() < 0.5:
            parts[name] = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', parts[name])
        else:
            cell = random.choice((b"XFD1048576", b"A1048576", b"XFD1", b"AAA20000"))
            row = re.sub(rb"\D", b"", cell)
            parts[name] = parts[name].replace(
                b"</sheetData>", b'<row r="%s"><c r="%s"><v>1</v></c></row></sheetData>' % (row, cell), 1
            )


def entities(parts: Parts, random: Random) -> None:
    """A part declares XML entities, and uses one."""
    name = random.choice(list(parts) or [""])
    head, mark, rest = parts.get(name, b"").partition(b"?>")
    parts[name] = (head + mark + random.choice(_ENTITIES) + rest) if mark else random.choice(_ENTITIES) + head
    if random.random() < 0.5:
        parts[name] = parts[name].replace(b"</t>", b"&c;</t>", 1)


def other_names(parts: Parts, random: Random) -> None:
    """A part that names a place outside, or one under another name."""
    name = random.choice(_NAMES)
    if random.random() < 0.5 and parts:
        parts[name] = parts.pop(random.choice(list(parts)))
    else:
        parts[name] = b"x"


def part_lost(parts: Parts, random: Random) -> None:
    """A part is missing, empty, cut or another one's."""
    if not parts:
        return
    name = random.choice(list(parts))
    match random.randrange(4):
        case 0:
            del parts[name]
        case 1:
            parts[name] = b""
        case 2:
            parts[name] = parts[name][: random.randint(0, len(parts[name]))]
        case _:
            parts[name] = parts[random.choice(list(parts))]


def xml_spoiled(parts: Parts, random: Random) -> None:
    """The bytes of a part are damaged."""
    if parts:
        name = random.choice(list(parts))
        parts[name] = random.choice((flipped, bytes_lost))(parts[name], random)


def attribute_changed(parts: Parts, random: Random) -> None:
    """An attribute of a part has another value."""
    if not parts:
        return
    name = random.choice(list(parts))
    if found := list(re.finditer(rb'="([^"]*)"', parts[name])):
        match = random.choice(found)
        value = random.choice(
            (b"", b"0", b"-1", b"99999999999", b"hidden", b"veryHidden", "表".encode(), b"../../x", b"s", b"1.5")
        )
        parts[name] = parts[name][: match.start(1)] + value + parts[name][match.end(1) :]


def strings_changed(parts: Parts, random: Random) -> None:
    """The shared strings are fewer, empty, widened or hold odd characters."""
    name = "xl/sharedStrings.xml"
    text = parts.get(name, b"").decode("utf-8", "replace")
    texts = list(re.finditer(r"<t[^>]*>(.*?)</t>", text, re.S))
    if not texts:
        return
    match = random.choice(texts)
    new = random.choice((
        "", match[1].translate(WIDE), NUMBER.sub(random.choice(HUGE), match[1]), match[1][:_LONGEST] * 300, MARK, "_x0007_" + match[1],
        match[1] + random.choice(ODD).replace("<", "&lt;").replace("&a", "&amp;a"), " " + " ".join(match[1]),
    ))  # fmt: skip
    parts[name] = (text[: match.start(1)] + new + text[match.end(1) :]).encode("utf-8", "replace")


def styled(parts: Parts, random: Random) -> None:
    """Cells are shown as percentages, dates or by a style that there is not."""
    style = random.choice((b"0", b"1", b"2", b"99999", b"-1"))
    _edit(parts, random, _CELL, lambda match: re.sub(rb'\bs="\d+"', b's="%s"' % style, match[0]))


OF_PARTS: Final[tuple[Callable[[Parts, Random], None], ...]] = (
    odd_text, odd_text, odd_number, odd_number, formula, moved, cell_gone, row_changed, merged, large_claim, entities, other_names,
    part_lost, xml_spoiled, attribute_changed, attribute_changed, strings_changed, strings_changed, styled,
)  # fmt: skip
