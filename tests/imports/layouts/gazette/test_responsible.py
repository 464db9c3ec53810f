"""The bodies in cells of 责任单位."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.layouts.gazette.responsible import responsible_bodies


def names(cell: str) -> list[str]:
    return [body.name for body in responsible_bodies(cell)]


@pytest.mark.parametrize("separator", ["、", "，", ",", "；", ";", "\n", "/", "、 "])
def test_bodies_are_parted_at_any_separator(separator: str) -> None:
    assert names(separator.join(["市水利局", "市住房和城乡建设局", "县政府"])) == [
        "市水利局",
        "市住房和城乡建设局",
        "县政府",
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("各县（市、区）人民政府，市林业局", ["各县（市、区）人民政府", "市林业局"]),
        ("东山区 民政局", ["东山区民政局"]),
        ("市体育局 市教育局", ["市体育局", "市教育局"]),
        ("市体育局等有关单位", ["市体育局"]),
        ("市体育局、市教育局等 按职责分工负责", ["市体育局", "市教育局"]),
        ("市体育局；有关部门", ["市体育局"]),
        ("市体育局、市体育局", ["市体育局"]),
        ("", []),
        ("—", []),
        ("待定", []),
    ],
)
def test_only_bodies_are_taken(cell: str, expected: list[str]) -> None:
    assert names(cell) == expected


def test_labels_say_who_leads_and_who_helps() -> None:
    bodies = responsible_bodies("牵头单位：市水利局；配合单位：市林业局、市气象局")
    assert [(body.name, body.only_supports) for body in bodies] == [
        ("市水利局", False),
        ("市林业局", True),
        ("市气象局", True),
    ]
    assert [tuple(body) for body in responsible_bodies("市水利局（牵头）、市林业局配合")] == [
        ("市水利局", "牵头"),
        ("市林业局", "配合"),
    ]


@given(st.text(max_size=200))
def test_every_name_stands_in_the_cell(cell: str) -> None:
    squeezed = "".join(cell.split())
    assert all("".join(name.split()) in squeezed for name in names(cell))
