"""Clauses found again in a text."""

from hypothesis import given
from hypothesis import strategies as st

from imports.gazettes.reading.marking import Mark, marked

OPEN, DONE = Mark(1, "open", "待审", "甲", ""), Mark(2, "accepted", "已接受", "乙", "")


def test_the_clause_behind_the_offset_is_meant() -> None:
    pieces, _ = marked("新建3处，再新建3处。", [("新建3处", 5, OPEN)])
    assert [piece.text for piece in pieces] == ["新建3处，再", "新建3处", "。"]


def test_clauses_that_overlap_are_one_piece_whose_open_target_decides() -> None:
    pieces, _ = marked("新建甲、乙3处。", [("新建甲、乙3处", 0, DONE), ("乙3处", 0, OPEN)])
    assert [(piece.text, piece.marks, piece.state) for piece in pieces[:1]] == [("新建甲、乙3处", (DONE, OPEN), "open")]


def test_other_spaces_do_not_hide_a_clause() -> None:
    pieces, missing = marked("新 建 3 处。", [("新建3处", 0, OPEN)])
    assert (pieces[0].text, missing) == ("新 建 3 处", [])


@given(text=st.text("甲乙丙 ", max_size=30), clauses=st.lists(st.text("甲乙丙", max_size=4), max_size=5))
def test_the_pieces_are_the_text_and_every_mark_is_somewhere(text: str, clauses: list[str]) -> None:
    marks = [Mark(number, "open", "待审", "", "") for number in range(len(clauses))]
    pieces, missing = marked(text, [(clause, 0, mark) for clause, mark in zip(clauses, marks, strict=True)])
    assert "".join(piece.text for piece in pieces) == text
    assert sorted([mark.pk for piece in pieces for mark in piece.marks] + [mark.pk for mark in missing]) == [
        mark.pk for mark in marks
    ]
