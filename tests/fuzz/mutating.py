"""Texts damaged as converters, editors and transfers damage them, and as nobody would on purpose. Seeded: the same every time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, Final

MARK: Final = "〇甲乙记号丙丁〇"
"""A line that no text has: what reads it says where it went."""
WIDE: Final = str.maketrans("0123456789.,%()", "０１２３４５６７８９．，％（）")
NUMBER = re.compile(r"\d[\d,.]*")
HUGE: Final = (
    "1" + "0" * 30, "9" * 31, "-1", "-" + "9" * 20, "1e400", "1E30", "NaN", "Infinity", "0." + "0" * 60 + "1", "1,00,0",
    "99999999999999.99", "100000000000000", "999999999999999.999", "٣٤٥", "一百二十", "½", "1_000", "0x10", "²", "", "00",
)  # fmt: skip
ODD: Final = (
    "\u202e", "\u200f", "\u2066", "\u200b", "\ufeff", "\u00ad", "\x00", "\x07", "\x0b", "\x0c", "\x1b[31m", "\x1c", "\x85", "\u2028",
    "\u2029", "\xa0", "\u3000", "\t", "\t\t", "\r", "\U0001f600", "\U000e0041", "e\u0301", "\ufffd", "\ufffe", "'", '"', "\\", "<b>", "</td>",
    "<script>", "|", "{{ 7 }}", "=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "&amp;", "%s", "{0}", "../../etc/passwd", "合计", "项目名称",
    "政策依据：", "支出内容：", "附件1", "续表", "单位：亿元", "(2025年度)", "—" * 40,
)  # fmt: skip

Lines = list[str]


def mutated(data: bytes, random: Random) -> bytes:
    """A text with one to four damages, and often the mark as a line of its own."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    for _ in range(random.choice((1, 1, 2, 4))):
        random.choice(OF_LINES)(lines, random)
    if random.random() < 0.4:
        lines.insert(random.randint(0, len(lines)), MARK)
    text = "\n".join(lines)
    made = random.choice(ENCODERS)(text, random) if random.random() < 0.08 else _bytes(text)
    for _ in range(random.choice((0, 0, 0, 0, 0, 0, 0, 1, 3))):
        made = random.choice(OF_BYTES)(made, random)
    return made


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _place(lines: Lines, random: Random) -> int:
    if not lines:
        lines.append("")
    return random.randrange(len(lines))


def dropped(lines: Lines, random: Random) -> None:
    """Some lines in a row are missing."""
    at = _place(lines, random)
    del lines[at : at + random.choice((1, 1, 2, 8))]


def doubled(lines: Lines, random: Random) -> None:
    """Some lines in a row stand twice."""
    at = _place(lines, random)
    count = random.choice((1, 1, 3, 10))
    lines[at:at] = lines[at : at + count] * random.choice((1, 1, 5))


def swapped(lines: Lines, random: Random) -> None:
    """Two lines have changed places."""
    one, other = _place(lines, random), _place(lines, random)
    lines[one], lines[other] = lines[other], lines[one]


def shuffled(lines: Lines, random: Random) -> None:
    """A page in any order."""
    at = _place(lines, random)
    part = lines[at : at + 12]
    random.shuffle(part)
    lines[at : at + 12] = part


def joined(lines: Lines, random: Random) -> None:
    """A line end is missing."""
    at = _place(lines, random)
    lines[at : at + 2] = ["".join(lines[at : at + 2])]


def cut(lines: Lines, random: Random) -> None:
    """A line end too many."""
    at = _place(lines, random)
    place = random.randint(0, len(lines[at]))
    lines[at : at + 1] = [lines[at][:place], *([""] if random.random() < 0.3 else []), lines[at][place:]]


def shifted(lines: Lines, random: Random) -> None:
    """The cells of a row stand a column further, or less far."""
    at = _place(lines, random)
    lines[at] = "\t" + lines[at] if random.random() < 0.5 else lines[at].replace("\t", "", 1)


def cells_moved(lines: Lines, random: Random) -> None:
    """Two cells of a row have changed places, or one is gone or doubled."""
    at = _place(lines, random)
    cells = lines[at].split("\t")
    one, other = random.randrange(len(cells)), random.randrange(len(cells))
    match random.randrange(3):
        case 0:
            cells[one], cells[other] = cells[other], cells[one]
        case 1:
            del cells[one]
        case _:
            cells.insert(other, cells[one])
    lines[at] = "\t".join(cells)


def grown(lines: Lines, random: Random) -> None:
    """A number is another one."""
    places = [at for at, line in enumerate(lines) if NUMBER.search(line)]
    if not places:
        return
    at = random.choice(places)
    found = random.choice(list(NUMBER.finditer(lines[at])))
    lines[at] = lines[at][: found.start()] + random.choice(HUGE) + lines[at][found.end() :]


def widened(lines: Lines, random: Random) -> None:
    """Full-width digits and marks, in a line or everywhere."""
    at = _place(lines, random)
    if random.random() < 0.2:
        lines[:] = [line.translate(WIDE) for line in lines]
    lines[at] = lines[at].translate(WIDE)


def spoiled(lines: Lines, random: Random) -> None:
    """Something odd stands somewhere in a line, or in place of a character."""
    at = _place(lines, random)
    place = random.randint(0, len(lines[at]))
    lines[at] = lines[at][:place] + random.choice(ODD) + lines[at][place + random.randint(0, 1) :]


def replaced(lines: Lines, random: Random) -> None:
    """A line that says something else."""
    at = _place(lines, random)
    lines[at] = random.choice(
        (*ODD, *HUGE, "", " ", "\t\t\t\t", "1 2 3 4 5 6", "a" * 5000, "“" * 300, "（" * 500, "1." * 300)
    )


_LONGEST: Final = 4_000_000
"""Characters: four times the longest line that is read, however often one line is lengthened."""


def lengthened(lines: Lines, random: Random) -> None:
    """A piece of a line that does not end."""
    at = _place(lines, random)
    lines[at] = (lines[at] * random.choice((2, 30, 200)))[:_LONGEST]


def spaced(lines: Lines, random: Random) -> None:
    """Spaces inside words, or none at all."""
    at = _place(lines, random)
    lines[at] = " ".join(lines[at]) if random.random() < 0.5 else lines[at].replace(" ", "")


def truncated(lines: Lines, random: Random) -> None:
    """The text ends in the middle, or begins there."""
    at = _place(lines, random)
    lines[:] = lines[:at] if random.random() < 0.7 else lines[at:]


def repeated(lines: Lines, random: Random) -> None:
    """The whole text twice."""
    if len(lines) < 300:
        lines += lines


def despaced(lines: Lines, random: Random) -> None:
    """No blank lines, or one after each line."""
    lines[:] = (
        [line for line in lines if line] if random.random() < 0.5 else [one for line in lines for one in (line, "")]
    )


def flipped(data: bytes, random: Random) -> bytes:
    """Some bits are others."""
    made = bytearray(data or b"\0")
    for _ in range(random.choice((1, 1, 4, 30))):
        made[random.randrange(len(made))] ^= 1 << random.randrange(8)
    return bytes(made)


def bytes_lost(data: bytes, random: Random) -> bytes:
    """Some bytes in a row are missing, doubled or any others."""
    at, count = random.randint(0, len(data)), random.choice((1, 3, 100))
    middle = random.choice((b"", data[at : at + count] * 2, random.randbytes(count)))
    return data[:at] + middle + data[at + count :]


def line_ends(data: bytes, random: Random) -> bytes:
    """Other line ends."""
    return data.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\r", b"\x0c", b"\xe2\x80\xa8")))


def cut_off(data: bytes, random: Random) -> bytes:
    """The end is missing, in the middle of a character perhaps."""
    return data[: random.randint(0, len(data))]


def _encoded(name: str) -> Callable[[str, Random], bytes]:
    return lambda text, _: text.encode(name, "replace")


def _two_encodings(text: str, random: Random) -> bytes:
    at = random.randint(0, len(text))
    return text[:at].encode("utf-8", "replace") + text[at:].encode("gb18030", "replace")


OF_LINES: Final[tuple[Callable[[Lines, Random], None], ...]] = (
    dropped, doubled, swapped, shuffled, joined, cut, shifted, cells_moved, grown, grown, widened, spoiled, spoiled, replaced,
    lengthened, spaced, truncated, repeated, despaced,
)  # fmt: skip
OF_BYTES: Final = (flipped, flipped, bytes_lost, line_ends, cut_off)
ENCODERS: Final = (
    *map(_encoded, ("gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "big5", "shift_jis", "utf-32", "utf-7", "latin-1")),
    _two_encodings,
)  # fmt: skip


def of_json(data: bytes, random: Random) -> bytes:
    """An interchange file of proper JSON, some of whose values are others, missing, or of another kind."""
    whole = json.loads(data)
    for _ in range(random.choice((1, 1, 2, 4))):
        holder, key = random.choice(list(_places(whole)))
        match random.randrange(6):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.insert(key, holder[random.randrange(len(holder))])
            case 1 | 2 if isinstance(holder[key], str):
                holder[key] = _other_text(holder[key], random)
            case _:
                holder[key] = random.choice(_VALUES)
    return json.dumps(whole, ensure_ascii=random.random() < 0.3, indent=random.choice((None, 2))).encode(
        "utf-8", "surrogatepass"
    )


def _places(one: object) -> Iterator[tuple[Any, Any]]:
    """Every value of a JSON tree, by what holds it."""
    for key, value in one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ():
        yield one, key
        yield from _places(value)


def _other_text(text: str, random: Random) -> str:
    lines = [text]
    random.choice((spoiled, grown, widened, lengthened, replaced))(lines, random)
    return "\n".join(lines)


_VALUES: Final = (
    None, "", 0, -1, 1.5, 10**30, -(10**400), 1e308, float("nan"), float("inf"), True, [], {}, [[]], "9" * 31, "1.00", "-1.00",
    "١.٠٠", "999999999999999.99", "1e5", "2025-02-30T00:00:00", "0001-01-01T00:00:00", "a" * 100_000, "\ud800", "\x00", 2**31, 2**63,
)  # fmt: skip
