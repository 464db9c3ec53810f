"""The bodies that a cell of 责任单位 names, one by one.

Cells list them with 、 ， ； or a line each, sometimes under labels (牵头单位：…；配合单位：…). Names hold 和 themselves (住房和城乡
建设局), and brackets hold 、 (各县（市、区）人民政府): neither parts two bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_OPENING: Final = "（([〔【"
_CLOSING: Final = "）)]〕】"
_SEPARATORS: Final = "、，,；;。/／\n"
_LABEL = re.compile(
    r"\s*((?:第一|共同|主要|具体)?(?:牵头|责任|配合|协办|主办|主责|实施|参与|参加|协同|主管|承办|督导|监管)(?:责任)?(?:单位|部门|主体|领导)?)\s*[:：]"
)
_SUFFIX = re.compile(r"[(（]?((?:牵头|配合|主办|协办|主责|参与)(?:单位|部门)?)[)）]?\Z")
_ET_CETERA = re.compile(
    r"(?:等(?:相关|有关|市直|成员)*(?:单位|部门|成员单位)?(?:配合|参与)?|按(?:照)?职责分工(?:负责)?|分工负责|分别负责|负责){1,3}\Z"
)
_NO_BODY = re.compile(
    r"(?:等|各)?(?:其他)?(?:相关|有关)(?:单位|部门)|按(?:照)?(?:各自)?职责(?:分工)?(?:负责)?|各自职责|待定|无|[-—/－]*"
)
_INNER_SPACE = re.compile(r"(?<=[\u3400-\u9fff）)])[ \t\u3000\xa0]+(?=[\u3400-\u9fff（(])")
_ORGAN = re.compile(r".{1,20}(?:局|委|办|政府|中心|公司|院|会|厅|队|处|站|集团|学校|办公室)")
_LONGEST: Final = 4_000


class Body(NamedTuple):
    """A body as printed, and the part that the cell gives it (牵头, 配合单位), where it gives one."""

    name: str
    part: str | None

    @property
    def only_supports(self) -> bool:
        """Whether the cell says that others are responsible and this body helps."""
        return self.part is not None and self.part.startswith(("配合", "协", "参"))


def responsible_bodies(cell: str) -> list[Body]:
    """The bodies of a cell in order, each once; 等有关单位 and 按职责分工负责 name none."""
    found: dict[str, Body] = {}
    part: str | None = None
    for piece in _pieces(_without_wraps(cell[:_LONGEST])):
        label = _LABEL.match(piece)
        if label:
            part, piece = label[1], piece[label.end() :]
        name, own_part = _named(piece)
        if name:
            found.setdefault(name, Body(name, own_part or part))
    return list(found.values())


def _without_wraps(cell: str) -> str:
    """A cell without the spaces of line wraps; spaces that part whole names of bodies become separators."""
    words = cell.split()
    if len(words) > 1 and all(_ORGAN.fullmatch(word) for word in words):
        return "、".join(words)
    return _INNER_SPACE.sub("", cell)


def _named(piece: str) -> tuple[str, str | None]:
    """The name in a piece without what stands behind it, and the part that a bracket gives; ``""`` for no body."""
    text = piece.strip().rstrip("。")
    suffix = _SUFFIX.search(text)
    if suffix:
        text = text[: suffix.start()]
    text = _ET_CETERA.sub("", text).strip()
    return ("", None) if _NO_BODY.fullmatch(text) else (text, suffix[1] if suffix else None)


def _pieces(text: str) -> Iterator[str]:
    """The cell cut at its separators, those inside brackets left alone."""
    depth, start = 0, 0
    for at, sign in enumerate(text):
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
        elif sign in _SEPARATORS and depth == 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]
