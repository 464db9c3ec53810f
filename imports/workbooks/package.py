"""The zip package of an xlsx file, looked at before anything unpacks it: its size, its sheets, its styles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from lzma import LZMAError
from struct import error as StructError  # noqa: N812  # an exception
from typing import Final, NamedTuple
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812  # an exception

from imports.reading import SourceError

MOST_BYTES: Final = 1024 * 1024 * 1024
"""What a workbook may become unpacked."""
MOST_RATIO: Final = 400
"""How far a part may be compressed; tables of numbers reach about 30, repeated rows 150."""
_SMALL: Final = 8 * 1024 * 1024
"""A part of this size is harmless, however far it was compressed."""
MOST_PARTS: Final = 20_000
CHUNK: Final = 1024 * 1024

DAMAGED: Final = "文件已损坏或不完整，无法打开；请在 Excel 或 WPS 中重新另存为 xlsx 再导入。"
_NOT_XLSX: Final = "这是压缩包或其他 Office 文件（如 docx、zip），不是 xlsx 工作簿；请另存为 xlsx 再导入。"
TOO_LARGE: Final = "解压后过大或压缩得不合常理，可能是有害文件；如确为数据，请分成几个工作簿再导入。"

_BROKEN: Final = (
    BadZipFile, ZlibError, LZMAError, StructError, EOFError, KeyError, IndexError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What the package's own reader and its decompressors raise at places that point anywhere."""
_ROOT: Final = "_rels/.rels"
_PERCENT_BUILT_IN: Final = {"9": 0, "10": 2}
_PERCENT = re.compile(r"0(?:\.(0+))?%")
Attributes = dict[str, str]


class SheetPart(NamedTuple):
    """A sheet of the workbook and the part that holds its cells."""

    name: str
    part: str


class _Enough(Exception):  # noqa: N818  # never leaves this module
    """Nothing more is to be read."""


class Package:
    """An xlsx package whose sizes were checked. Raises `SourceError` for anything else."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
        except _BROKEN:
            raise SourceError(DAMAGED) from None
        _refuse_bombs(self._zip.infolist())
        self._names = set(self._zip.namelist())
        self._workbook = self._main_part()

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, no more than its declared size. Raises `SourceError` where they are not that many."""
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
        except _BROKEN:
            raise SourceError(DAMAGED) from None

    @property
    def names(self) -> set[str]:
        """The names of all parts."""
        return self._names

    def check_all(self) -> None:
        """Unpack every part once and throw it away: a size that is a lie shows here, and not where it would be kept."""
        for name in self._names:
            for _ in self.chunks(name):
                pass

    def sheets(self) -> list[SheetPart]:
        """The sheets in the workbook's order, those without cells (charts) left out."""
        targets = self._targets(_rels_of(self._workbook), posixpath.dirname(self._workbook))
        found = [attributes for name, attributes in self._elements(self._workbook) if name == "sheet"]
        parts = [(one.get("name", ""), targets.get(_relation(one), ("", ""))) for one in found]
        return [SheetPart(name, part) for name, (kind, part) in parts if kind.endswith("/worksheet")]

    def percent_styles(self) -> dict[str, int]:
        """Numbers of the cell styles that show percentages, each with its places after the point."""
        folder = posixpath.dirname(self._workbook)
        part = next((name for name in (f"{folder}/styles.xml", "xl/styles.xml") if name in self._names), None)
        return _percent_styles(self._elements(part)) if part else {}

    def parse(self, part: str, start: Callable[[str, Attributes], None], **handlers: Callable[..., None]) -> None:
        """Feed a part to handlers of an XML parser. Raises `SourceError` for XML that is broken or declares entities."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EntityDeclHandler = _refuse_entities
        for name, handler in handlers.items():
            setattr(parser, name, handler)
        try:
            for chunk in self.chunks(part):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (
            expat.ExpatError,
            LookupError,
            ValueError,
        ):  # broken, of an encoding that there is not, or with huge numbers
            raise SourceError(DAMAGED) from None

    def first_element(self, part: str) -> Attributes:
        """The attributes of a part's outermost element, without reading on. Raises as `parse`."""
        found: Attributes = {}

        def start(_: str, attributes: Attributes) -> None:
            found.update(attributes)
            raise _Enough

        with suppress(_Enough):
            self.parse(part, start)
        return found

    def _main_part(self) -> str:
        if _ROOT not in self._names:
            raise SourceError(_NOT_XLSX)
        part = next((part for kind, part in self._targets(_ROOT, "").values() if kind.endswith("/officeDocument")), "")
        if part not in self._names or "[Content_Types].xml" not in self._names:
            raise SourceError(_NOT_XLSX)
        if not any(name == "sheets" for name, _ in self._elements(part)):
            raise SourceError(_NOT_XLSX)
        return part

    def _targets(self, part: str, folder: str) -> dict[str, tuple[str, str]]:
        """Relation → its kind and the part that it points to."""
        if part not in self._names:
            raise SourceError(DAMAGED)
        relations = [attributes for name, attributes in self._elements(part) if name == "Relationship"]
        return {one.get("Id", ""): (one.get("Type", ""), _resolved(folder, one.get("Target", ""))) for one in relations}

    def _elements(self, part: str) -> list[tuple[str, Attributes]]:
        """The elements of a small part: local name and attributes."""
        found: list[tuple[str, Attributes]] = []
        self.parse(part, lambda name, attributes: found.append((local(name), attributes)))
        return found


def local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def _refuse_bombs(parts: list[ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if total > MOST_BYTES or len(parts) > MOST_PARTS:
        raise SourceError(TOO_LARGE)
    for part in parts:
        if part.flag_bits & 1:
            raise SourceError("工作簿设有密码，无法打开；请取消密码后再导入。")
        if part.file_size > _SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise SourceError(TOO_LARGE)


def _refuse_entities(*_: object) -> None:
    raise SourceError(DAMAGED)


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _relation(sheet: Attributes) -> str:
    return next((value for name, value in sheet.items() if name.endswith(":id")), "")


def _percent_styles(elements: list[tuple[str, Attributes]]) -> dict[str, int]:
    formats = dict(_PERCENT_BUILT_IN)
    styles: dict[str, int] = {}
    inside, number = False, 0
    for name, attributes in elements:
        if name == "numFmt" and (shown := _PERCENT.search(attributes.get("formatCode", ""))):
            formats[attributes.get("numFmtId", "")] = len(shown[1] or "")
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            inside = name == "cellXfs"
        elif inside and name == "xf":
            if (places := formats.get(attributes.get("numFmtId", ""))) is not None:
                styles[str(number)] = places
            number += 1
    return styles
