"""Words that are typed, and where they stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.filters.words import Piece, fold, has_word, pieces, words_of

TEXTS = st.text("甲乙 　%_(（)）aAａＡ1１[〔]\\.*", max_size=12)


def test_words_are_what_white_space_parts() -> None:
    assert words_of(" 教室　改造 教室\t") == ["教室", "改造"]


@pytest.mark.parametrize(("text", "word"), [("（PPP）", "(ppp)"), ("财预〔2024〕5号", "[２０２４]"), ("９５％", "95%")])
def test_wide_and_narrow_signs_are_the_same(text: str, word: str) -> None:
    assert has_word(text, word)


def test_hits_are_cut_out_of_the_text() -> None:
    assert pieces("改造教室十二间", ["教室", "二"]) == [
        Piece("改造", False), Piece("教室", True), Piece("十", False), Piece("二", True), Piece("间", False),
    ]  # fmt: skip


def test_hits_that_touch_are_one() -> None:
    assert pieces("标准厂房", ["标准", "准厂"]) == [Piece("标准厂", True), Piece("房", False)]


def test_a_hit_passes_over_spaces_of_the_text() -> None:
    assert pieces("厂房 PPP项目", ["厂房ppp"]) == [Piece("厂房 PPP", True), Piece("项目", False)]


@given(TEXTS, st.lists(TEXTS.map(str.strip), max_size=3))
def test_the_pieces_are_the_text(text: str, words: list[str]) -> None:
    cut = pieces(text, words)
    assert "".join(piece.text for piece in cut) == text
    assert all(piece.text for piece in cut)


@given(TEXTS)
def test_folding_moves_nothing(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
