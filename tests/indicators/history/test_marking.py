"""Differences inside long texts."""

from __future__ import annotations

from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from indicators.history.marking import Mark, Piece, mark

TEXTS = st.lists(st.sampled_from(["改造", "教室", "十二", "间", "，", "。", "\n", " "]), max_size=60).map("".join)


def test_what_was_taken_out_and_put_in_is_marked() -> None:
    assert mark("改造十二间教室。", "改造十三间教室。") == [
        Piece(Mark.SAME, "改造十"),
        Piece(Mark.OUT, "二"),
        Piece(Mark.IN, "三"),
        Piece(Mark.SAME, "间教室。"),
    ]


def test_clauses_with_little_in_common_are_marked_whole() -> None:
    assert mark("暑期施工。", "资金已到位。") == [Piece(Mark.OUT, "暑期施工。"), Piece(Mark.IN, "资金已到位。")]


def test_long_unchanged_stretches_are_left_out() -> None:
    pieces = mark("一" * 200 + "。二", "一" * 200 + "。三")
    assert [piece.mark for piece in pieces] == [Mark.GAP, Mark.SAME, Mark.OUT, Mark.IN]


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = mark(old, new)
    assert "".join(text for kind, text in pieces if kind != Mark.IN) == old
    assert "".join(text for kind, text in pieces if kind != Mark.OUT) == new


def test_very_long_texts_take_no_time() -> None:
    started = perf_counter()
    mark("".join(f"第{number}句，" for number in range(5000)), "".join(f"第{number}条。" for number in range(5000)))
    mark("的" * 20_000, "的" * 19_999 + "了")
    assert perf_counter() - started < 2
