"""The indicator tree: merged classes, halves side by side, differences marked."""

from indicators.models import Category, Indicator
from indicators.tree import Difference, Tree, tree_of
from projects.models import Scope

CATEGORIES = {
    "output": Category(code="output", name="产出指标", level=1, position=1),
    "benefit": Category(code="benefit", name="效益指标", level=1, position=2),
}
CATEGORIES |= {
    code: Category(code=code, name=name, level=2, position=position, parent=CATEGORIES[code.partition(".")[0]])
    for position, (code, name) in enumerate(
        [("output.quantity", "数量指标"), ("output.quality", "质量指标"), ("output.other", "其他"), ("benefit.social", "社会效益指标")],
        start=5,
    )
}  # fmt: skip


def half(
    scope: str, position: int, name: str, value: str = "1", category: str = "output.quantity", label: str = ""
) -> Indicator:
    return Indicator(
        scope=scope, position=position, name=name, value=value, category=CATEGORIES[category], level2_label=label
    )


def both(position: int, name: str, category: str = "output.quantity") -> list[Indicator]:
    return [
        half(Scope.PERIOD, position, name, category=category),
        half(Scope.ANNUAL, position, name, category=category),
    ]


def outline(tree: Tree) -> list[tuple[str | None, str | None, Difference | None]]:
    return [(row.period and row.period.name, row.annual and row.annual.name, row.difference) for row in tree.rows]


def test_classes_are_merged_and_in_the_standard_order() -> None:
    tree = tree_of(
        [*both(0, "效益", "benefit.social"), *both(1, "合格", "output.quality"), *both(2, "数量"), *both(3, "人数")]
    )
    assert [(level1.name, level1.height) for level1 in tree.classes] == [("产出指标", 3), ("效益指标", 1)]
    assert [(level2.label, len(level2.rows)) for level2 in tree.classes[0].children] == [
        ("数量指标", 2),
        ("质量指标", 1),
    ]


def test_the_form_s_own_label_stands_beside_the_standard_name() -> None:
    (level1,) = tree_of([half(Scope.ANNUAL, 0, "数", label="产出数量")]).classes
    assert (level1.children[0].label, level1.children[0].standard_name) == ("产出数量", "数量指标")


def test_halves_meet_by_name_though_their_order_differs() -> None:
    tree = tree_of([half("period", 0, "甲"), half("period", 1, "乙"), half("annual", 0, "乙"), half("annual", 1, "甲")])
    assert outline(tree) == [("甲", "甲", None), ("乙", "乙", None)]


def test_white_space_is_no_difference() -> None:
    assert outline(tree_of([half("period", 0, "甲 乙", "1 处"), half("annual", 0, "甲乙", "1处")]))[0][2] is None


def test_another_value_is_marked() -> None:
    assert outline(tree_of([half("period", 0, "甲", "4条"), half("annual", 0, "甲", "2条")]))[0][2] == Difference.VALUE


def test_a_name_cut_short_meets_its_other_half() -> None:
    tree = tree_of([half("period", 3, "群众对各工程项目的满意"), half("annual", 5, "群众对各工程项")])
    assert outline(tree) == [("群众对各工程项目的满意", "群众对各工程项", Difference.NAME)]


def test_different_indicators_of_one_row_stand_side_by_side() -> None:
    assert outline(tree_of([half("period", 0, "甲"), half("annual", 0, "乙")])) == [("甲", "乙", Difference.NAME)]


def test_what_only_one_half_has_is_marked() -> None:
    tree = tree_of([*both(0, "甲"), half("period", 1, "乙"), half("annual", 2, "丙")])
    assert outline(tree)[1:] == [("乙", None, Difference.PERIOD_ONLY), (None, "丙", Difference.ANNUAL_ONLY)]
    assert (tree.period_count, tree.annual_count, tree.difference_count, tree.is_one_sided) == (2, 2, 2, False)


def test_indicators_of_one_scope_alone_differ_from_nothing() -> None:
    assert tree_of([half("annual", 0, "甲")]).is_one_sided


def test_unknown_labels_stay_groups_of_their_own() -> None:
    tree = tree_of([
        half("annual", 0, "甲", category="output.other", label="安全指标"),
        half("annual", 1, "乙", category="output.other", label="创新指标"),
    ])  # fmt: skip
    assert [level2.label for level2 in tree.classes[0].children] == ["安全指标", "创新指标"]


def test_no_indicators_make_an_empty_tree() -> None:
    assert tree_of([]).classes == []
