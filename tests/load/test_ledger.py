"""What the ledger would say if an update were lost."""

from __future__ import annotations

import json

from tests.load.ledger import Place, Write, plain, plain_amount, writes_of, wrong_with

PLACE: Place = (7, "basis")


def write(value: str, saw: str, sent: float, answered: float | None) -> Write:
    return Write(PLACE, value, saw, sent, answered)


def wrong(writes: list[Write], *values: str) -> list[str]:
    return wrong_with(writes, {PLACE: values}, {PLACE: values[-1]})


def test_saves_one_after_another_are_right() -> None:
    assert wrong([write("甲", "", 1, 2), write("乙", "甲", 3, 4)], "", "甲", "乙") == []


def test_a_save_that_is_nowhere_is_missed() -> None:
    (problem,) = wrong([write("甲", "", 1, 2), write("乙", "甲", 1, 4)], "", "甲")
    assert "not in the history" in problem


def test_a_save_that_was_undone_by_an_older_one_is_missed() -> None:
    writes = [write("甲", "", 1, 2), write("乙", "甲", 3, 4)]
    assert any("is gone" in problem for problem in wrong(writes, "", "甲", "乙", "甲"))


def test_writing_over_what_was_not_shown_is_noticed() -> None:
    (problem,) = wrong([write("甲", "", 1, 3), write("乙", "", 2, 4)], "", "甲", "乙")
    assert "wrote over" in problem


def test_what_nobody_saved_may_not_stand() -> None:
    assert any("nobody saved" in problem for problem in wrong([write("甲", "", 1, 2)], "", "甲", "丙"))


def test_what_stands_must_be_the_end_of_the_history() -> None:
    (problem,) = wrong_with([write("甲", "", 1, 2)], {PLACE: ["", "甲"]}, {PLACE: ""})
    assert "ends otherwise" in problem


def test_saves_at_the_same_time_may_come_in_either_order() -> None:
    writes = [write("甲", "乙", 1, 5), write("乙", "", 2, 6)]
    assert wrong(writes, "", "乙", "甲") == []


def test_a_save_without_an_answer_may_stand_or_not() -> None:
    writes = [write("甲", "", 1, 2), write("乙", "甲", 3, None)]
    assert wrong(writes, "", "甲", "乙") == wrong(writes, "", "甲") == []


def test_refused_saves_are_not_expected_to_stand() -> None:
    lines = [
        {"kind": "sent", "save": "s1", "project": 7, "fields": {"basis": ["", "甲"]}, "at": 1.0},
        {"kind": "refused", "save": "s1", "at": 2.0},
        {"kind": "sent", "save": "s2", "project": 7, "fields": {"basis": ["", "乙"]}, "at": 3.0},
        {"kind": "saved", "save": "s2", "at": 4.0},
        {"kind": "sent", "save": "s3", "project": 7, "fields": {"basis": ["乙", "丙"]}, "at": 5.0},
    ]
    assert writes_of(map(json.dumps, lines)) == [write("乙", "", 3.0, 4.0), write("丙", "乙", 5.0, None)]


def test_texts_and_amounts_are_the_same_however_pages_print_them() -> None:
    assert (plain("空白"), plain(None), plain(" 甲\r\n乙")) == ("", "", "甲乙")
    assert plain_amount("1,234.50 元") == plain_amount("0.12345", 10_000) == "1234.50"
    assert plain_amount("空白") == plain_amount("—") == ""
