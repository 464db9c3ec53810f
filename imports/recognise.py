"""Which layout a text has, by its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from imports.drafts import ProjectDraft
from imports.layouts import interchange, key_project_list, target_form
from imports.reading import Defaults, Reading, SourceError


class Reader(Protocol):
    """What a module of `imports.layouts` provides; see `imports.reading`."""

    NAME: str
    TITLE: str
    LOOKED_FOR: str

    def recognise(self, lines: Sequence[str]) -> bool: ...

    def read(self, reading: Reading, defaults: Defaults) -> Iterator[ProjectDraft]: ...


# The most particular first: a form names its title in every form, a list only at page breaks.
READERS: tuple[Reader, ...] = (interchange, target_form, key_project_list)


def reader_named(name: str) -> Reader:
    """The reader of a layout's name. Raises `KeyError` for a name that none has."""
    return {reader.NAME: reader for reader in READERS}[name]


def layout_title(name: str) -> str:
    """The Chinese name of a layout, or the name itself where no reader has it any more."""
    return next((reader.TITLE for reader in READERS if name == reader.NAME), name)


def recognise(lines: Sequence[str]) -> Reader:
    """The reader that recognises the text. Raises `SourceError` that says what was looked for."""
    for reader in READERS:
        if reader.recognise(lines):
            return reader
    looked_for = "；".join(f"{reader.TITLE}：{reader.LOOKED_FOR}" for reader in READERS)
    raise SourceError(f"认不出这份文件的版式。查找过的特征有——{looked_for}。如确知版式，请用 --layout 指定。")
