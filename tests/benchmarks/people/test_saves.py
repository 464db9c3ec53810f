"""What counts as a lost update."""

from __future__ import annotations

from benchmarks.people.saves import Saved, lost


def saved(*texts: str) -> list[Saved]:
    return [Saved(7, text, is_acknowledged=True) for text in texts]


UNANSWERED = Saved(7, "丙", is_acknowledged=False)


def test_texts_one_after_another_are_right() -> None:
    assert lost(saved("甲", "乙"), [None, "甲", "甲", "乙"], "乙") == []


def test_a_text_that_is_not_in_the_history_is_lost() -> None:
    (problem,) = lost(saved("甲", "乙"), ["", "乙"], "乙")
    assert "'甲' was saved" in problem


def test_a_text_in_another_place_of_the_history_is_lost() -> None:
    assert lost(saved("甲", "乙"), ["乙", "甲"], "乙") != []


def test_what_stands_must_be_what_was_saved_last() -> None:
    (problem,) = lost(saved("甲", "乙"), ["甲", "乙", "甲"], "甲")
    assert "'甲' stands" in problem


def test_a_text_without_an_answer_may_stand_or_not() -> None:
    saves = [*saved("甲"), UNANSWERED]
    assert lost(saves, ["甲"], "甲") == lost(saves, ["甲", "丙"], "丙") == lost([UNANSWERED], [], "") == []


def test_a_text_without_an_answer_may_not_stand_after_a_later_one_was_saved() -> None:
    assert lost([UNANSWERED, *saved("甲")], ["甲", "丙"], "丙") != []
