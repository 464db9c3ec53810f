"""Which division a form belongs to: from its title, its department or unit, the rest of the text, the defaults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from imports.layouts.target_form.labels import role_of
from imports.reading import Defaults, SourceError
from projects.regions import RegionRef, region_by_code, regions_at_start

_SEPARATED_CODE = re.compile(
    r"[\[(（【]\s*([0-9０-９]{2,})\s*[\])）】]\s*(.*)|([0-9０-９]{2,})\s*(?:[-－—–‐‑―─_~～:：/、]+|\s+)\s*(.*)|([0-9０-９]{6,})(.*)"
)
_CODE_AFTER = re.compile(
    r"(.*\D)\s*[(（\[【]\s*([0-9０-９]{2,})\s*[)）\]】]|(.*[^\d\s])\s*[-－—–‐‑―─_/]+\s*([0-9０-９]{3,})"
)
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@lru_cache(maxsize=4096)
def split_department(printed: str) -> tuple[str | None, str]:
    """Code and name of a department cell: ``409-长治市上党区自然资源局``, ``219001 — 市教育局``, ``（409）…``."""
    if match := _SEPARATED_CODE.fullmatch(printed):
        code, name = next((match[at], match[at + 1]) for at in (1, 3, 5) if match[at])
    elif match := _CODE_AFTER.fullmatch(printed):
        name, code = (match[1], match[2]) if match[2] else (match[3], match[4])
    else:
        return None, printed
    return code.translate(_HALF_WIDTH), name.strip()


@lru_cache(maxsize=4096)
def regions_printed(text: str) -> tuple[RegionRef, ...]:
    """The divisions that a printed text may begin with; several where counties share a name."""
    return tuple(regions_at_start(text[:60]))


class Places:
    """Finds the division of each form of one text."""

    def __init__(self, lines: Sequence[str], defaults: Defaults) -> None:
        self._lines = lines
        self._defaults = defaults
        self._named: frozenset[RegionRef] | None = None

    def region(self, place: str, bodies: Iterable[str | None], line: int) -> tuple[str, str]:
        """Code and full name of the division of the form that begins on ``line``.

        ``place`` is the title without what stands before a division's name, ``bodies`` the names of department and
        unit. What is printed wins over the defaults. Raises `SourceError` when the text and the defaults together do
        not name one division.
        """
        names = [regions_printed(body) for body in bodies if body]
        found = _narrowed(regions_printed(place), names)
        for position, own in enumerate(names):
            found = found or _narrowed(own, names[:position] + names[position + 1 :])
        if len(found) > 1:
            found = self._among(found)
        elif not found:
            return self._unnamed(line)
        if len(found) == 1:
            return found[0].code, found[0].name
        choice = "、".join(f"{region.code} {region.name}" for region in found[:6])
        raise SourceError(
            f"第{line}行起的表所属地区有同名的（{choice}{'等' if len(found) > 6 else ''}），请用 --region 指明",
            line,
        )

    def _among(self, found: tuple[RegionRef, ...]) -> tuple[RegionRef, ...]:
        elsewhere = tuple(region for region in found if any(_within(region, other) for other in self._elsewhere()))
        if len(elsewhere) == 1:
            return elsewhere
        chosen = tuple(region for region in found if region.code == self._defaults.region_code)
        return chosen or found

    def _unnamed(self, line: int) -> tuple[str, str]:
        code = self._defaults.region_code
        if code is not None:
            known = region_by_code(code)
            return code, known.name if known else self._defaults.region_name or code
        elsewhere = [region for region in self._elsewhere() if region.parent]
        if len(elsewhere) == 1:
            return elsewhere[0].code, elsewhere[0].name
        raise SourceError(f"第{line}行起的表没有写明所属地区，请用 --region 指明", line)

    def _elsewhere(self) -> frozenset[RegionRef]:
        """The divisions that some title, department or unit of the text names without doubt."""
        if self._named is None:
            found = (regions_printed(text) for text in _texts_naming_places(self._lines))
            self._named = frozenset(regions[0] for regions in found if len(regions) == 1)
        return self._named


def _texts_naming_places(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) == 1 and cells[0].endswith("表"):
            yield "".join(cells[0].split())
        for position, cell in enumerate(cells):
            if cell and role_of(cell) in {"department", "unit"}:
                yield split_department(next(filter(None, cells[position + 1 :]), ""))[1]


def _narrowed(found: tuple[RegionRef, ...], others: Iterable[tuple[RegionRef, ...]]) -> tuple[RegionRef, ...]:
    """The divisions of ``found`` that agree with what other texts of the form begin with, if that decides it."""
    if len(found) == 1 and found[0].parent is not None:
        return found
    for other in others:
        if len(found) == 1:  # a province: its county, when the department names one of it
            below = tuple(region for region in other if region.code[:2] == found[0].code[:2])
            return below if len(below) == 1 else found
        agreeing = tuple(region for region in found if any(_within(region, named) for named in other))
        if len(agreeing) == 1:
            return agreeing
    return found


def _within(region: RegionRef, other: RegionRef) -> bool:
    """Whether ``region`` is ``other`` or lies in it."""
    return other.code in {region.code, region.parent} or (other.parent is None and region.code[:2] == other.code[:2])
