"""Government gazettes (公报) and the plans and notices that they print, alone or many to a file.

An issue has a masthead, a table of contents, official documents one after another, and a back cover. `mastheads` and
`contents` read the issue; `splitting` finds its documents by their `heads`; `fronts`, `annexes`, `outline`, `tables`,
`paragraphs` and `targets` read each of them, and `reading` puts a draft together. `embedded` finds the lists and forms
that other readers know inside it, and `contract` is what the import calls. `borders` brings tables of other marks to tabs
first; `lines`, `dates` and `titles` know what all of these share.
"""

from __future__ import annotations

from typing import Final

from imports.layouts.gazette.contract import read
from imports.layouts.gazette.reading import read_gazette, recognise

NAME: Final = "gazette"
TITLE: Final = "政府公报、规划和公文"
LOOKED_FOR: Final = (
    "公报的刊名和期号（2024年第3期）、公文的标题（……人民政府关于……的通知）和发文字号（长政发〔2024〕5号）或主送机关，"
    "或单独成篇、分章分条的规划、方案"
)

__all__ = ["LOOKED_FOR", "NAME", "TITLE", "read", "read_gazette", "recognise"]
