"""Scores: what is right, what is missed, what is wrong."""

from __future__ import annotations

from imports.layouts.gazette.targets.measuring import Score, label_of, likeness, score
from tests.imports.layouts.gazette.targets.reading import targets

TEXT = "到2031年，燃气普及率达到90%以上，新建驿站12座。"
GAS = {"name": "燃气普及率", "operator": ">=", "number": "90", "unit": "%", "year": 2031}
STATION = {"name": "驿站", "operator": "=", "number": "12", "unit": "座", "year": 2031}


def test_all_found_is_all_right() -> None:
    result = score(targets(TEXT), [label_of(GAS), label_of(STATION)])
    assert (result.precision, result.recall, result.named) == (1.0, 1.0, 2)


def test_a_wrong_year_is_missed_and_wrong() -> None:
    result = score(targets(TEXT), [label_of({**GAS, "year": 2030}), label_of(STATION)])
    assert (result.precision, result.recall) == (0.5, 0.5)
    assert [label.name for label in result.missed] == [target.name for target in result.wrong] == ["燃气普及率"]


def test_in_a_sample_what_is_not_labelled_counts_for_nothing() -> None:
    result = score(targets(TEXT), [label_of(GAS)], sample=True)
    assert (result.found, result.precision, result.recall, result.wrong) == (1, 1.0, 1.0, [])


def test_a_label_takes_one_target_only() -> None:
    assert score(targets(TEXT), [label_of(GAS), label_of(GAS)]).right == 1


def test_nothing_found_has_no_precision() -> None:
    assert Score(labelled=1).precision is None
    assert Score().recall is None


def test_a_gold_entry_with_a_horizon_takes_either_year() -> None:
    entry = {
        "indicator": "驿站",
        "operator": "约",
        "number": "12",
        "unit": "座",
        "target_year": None,
        "note": "plan horizon 2031",
    }
    label = label_of(entry)
    assert (label.operator, label.years) == ("~", frozenset({None, 2031}))


def test_a_target_on_another_line_is_another_one() -> None:
    assert score(targets(TEXT), [label_of({**STATION, "line": 2, "text": "新建驿站12座"})]).right == 0
    assert score(targets(TEXT), [label_of({**STATION, "line": 1, "text": "新建驿站 12 座"})]).right == 1


def test_scores_add_up() -> None:
    total = Score()
    total.add(score(targets(TEXT), [label_of(GAS)]))
    total.add(score([], [label_of(GAS)]))
    assert (total.labelled, total.found, total.right, total.precision) == (2, 2, 1, 0.5)


def test_names_are_alike_when_one_holds_the_other() -> None:
    assert likeness("全市燃气普及率", "燃气普及率") == 1.0
    assert likeness("驿站", "") == 0.0
    assert likeness("燃气普及率", "燃气覆盖率") > 0.5
