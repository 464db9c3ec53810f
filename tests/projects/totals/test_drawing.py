"""Rows of totals as markup."""

from django.utils.html import format_html

from projects.totals.drawing import rows_drawn, total_drawn
from projects.totals.showing import Shown, ShownRow

HOSTILE = '"><script>&'
SAFE = "&quot;&gt;&lt;script&gt;&amp;"


def row(*cells: Shown, url: str = "", note: str = "", is_repeated: bool = False) -> ShownRow:
    return ShownRow(HOSTILE, note, 1, url, False, is_repeated, cells)


def test_no_text_becomes_markup() -> None:
    html = rows_drawn([row(Shown(HOSTILE, "number", HOSTILE, HOSTILE), Shown(HOSTILE, ""), url=HOSTILE, note=HOSTILE)])
    assert "<script" not in html
    assert html.count(SAFE) == 8
    assert html.replace(SAFE, "").count('"') % 2 == 0


def test_decimal_points_keep_their_places() -> None:
    html = rows_drawn(
        [row(Shown(format_html('<span class="short-4">{}</span>', "3.00"), "number", "/projects/?a=1&b=2"))]
    )
    assert '<a href="/projects/?a=1&amp;b=2" data-kind=""><span class="short-4">3.00</span></a>' in html


def test_a_row_that_stands_above_says_so() -> None:
    assert "（续）" in rows_drawn([row(is_repeated=True, note="注")])
    assert "注" in rows_drawn([row(note="注")])


def test_only_parts_have_bars() -> None:
    cell = Shown("50.0%", "number", bar="50.00%")
    assert 'width="50.00%"' in rows_drawn([row(cell)])
    assert total_drawn(row(cell)) == '<td class="number">50.0%</td>'
