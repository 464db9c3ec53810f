"""Headings as a nested outline."""

from imports.gazettes.reading.outline import Entry, nested


def shape(entries: list[Entry]) -> list[object]:
    return [(entry.text, shape(entry.entries)) if entry.entries else entry.text for entry in entries]


def test_headings_stand_below_the_last_higher_one() -> None:
    found = nested(
        [Entry(1, 1, "一"), Entry(2, 2, "（一）"), Entry(3, 3, "1."), Entry(4, 2, "（二）"), Entry(5, 1, "二")]
    )
    assert shape(found) == [("一", [("（一）", ["1."]), "（二）"]), "二"]


def test_a_level_that_is_left_out_is_no_gap() -> None:
    assert shape(nested([Entry(3, 1, "二"), Entry(1, 3, "1."), Entry(2, 2, "（一）")])) == ["1.", "（一）", "二"]
