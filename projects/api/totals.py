"""Totals for programs: the site's own tables of totals (`projects.totals`), with their sums to the fen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from perfgoals.api.errors import ParametersRefusedError
from perfgoals.api.fields import Money
from perfgoals.api.parameters import Parameter, choice
from projects.api.views import OfProjects
from projects.totals import Layout, pivot_json, pivot_table, refusal, summary_at_once
from projects.totals.dimensions import DIMENSIONS
from projects.totals.layout import MEASURES, MOST_ROWS

NAMES: Final = {key: dimension.label for key, dimension in DIMENSIONS.items()}
ROWS, COLUMNS, MEASURE = "rows", "columns", "measure"
PARAMETERS: Final = (
    choice(ROWS, "行按什么汇总，可写两个（第二个在第一个之下），不写为 department", NAMES, many=True),
    choice(COLUMNS, "列按什么汇总，不写则没有列", NAMES),
    choice(MEASURE, "变化（change）比较什么；写 indicators 时才数指标", MEASURES),
)
FIGURES: Final = ("projects", "amount", "period_amount", "indicators")


class CellSerializer(serializers.Serializer[Any]):
    """What some projects add up to."""

    projects = serializers.IntegerField(help_text="项目数。")
    amount = Money(help_text="年度金额，元；全是空白格时为 null。")
    period_amount = Money(help_text="实施期资金总额，元。")
    indicators = serializers.IntegerField(allow_null=True, help_text="指标数；没有要求数指标时为 null。")
    query = serializers.CharField(allow_null=True, help_text="正好查到这些项目的筛选条件；没有条件能表达时为 null。")


class MemberSerializer(serializers.Serializer[Any]):
    """A value by which projects are totalled."""

    dimension = serializers.ChoiceField(list(NAMES))
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field's own attribute has this name


class ColumnSerializer(serializers.Serializer[Any]):
    """A column."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field's own attribute has this name
    is_group = serializers.BooleanField(help_text="它是其他列的小计。")


class ChangeSerializer(serializers.Serializer[Any]):
    """The latest year against the one before."""

    difference = serializers.CharField(allow_null=True)
    percent = serializers.CharField(allow_null=True)


class LineSerializer(CellSerializer):
    """A row."""

    members = MemberSerializer(many=True, help_text="行的各级；合计行为空。")
    depth = serializers.IntegerField(help_text="级次，从 0 起。")
    is_subtotal = serializers.BooleanField(help_text="它是下面各行的小计。")
    cells = CellSerializer(many=True, help_text="各列，顺序同 column_members。")
    change = ChangeSerializer(allow_null=True, help_text="最近一年较前一年的变化。")


class TotalsSerializer(serializers.Serializer[Any]):
    """A table of totals."""

    rows = serializers.ListField(child=serializers.ChoiceField(list(NAMES)))
    columns = serializers.ChoiceField(list(NAMES), allow_null=True)
    measure = serializers.ChoiceField(list(MEASURES))
    overlapping = serializers.ListField(
        child=serializers.ChoiceField(list(NAMES)), help_text="一个项目可能有多个值的维度：各行的项目数不能相加。"
    )
    years = serializers.ListField(child=serializers.CharField(), allow_null=True, help_text="change 比较的两个年度。")
    column_members = ColumnSerializer(many=True)
    lines = LineSerializer(many=True)
    total = LineSerializer(help_text="合计，每个项目只算一次。")


class Totals(OfProjects):
    """A table of totals."""

    tag, title = "汇总", "汇总表"
    words = "所查项目按一至三个维度汇总。金额与项目列表、网站上的汇总逐分一致。csv 一行一格，列名 column 为空的是整行。"
    serializer_class = TotalsSerializer

    def parameters(self) -> list[Parameter]:
        """What the table looks like comes first."""
        return [*PARAMETERS, *super().parameters()]

    def get(self, _request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """The whole table at once."""
        layout = self._layout()
        filtered = self.filtered
        filtered.refuse_what_is_wrong()
        if refused := refusal(filtered.found, layout, summary_at_once(filtered.found)):
            raise ParametersRefusedError({ROWS: [refused]})
        return Response(pivot_json(pivot_table(filtered.found, layout)))

    def table(self, data: dict[str, Any]) -> tuple[list[str], Iterable[list[Any]]]:
        """The csv: a line for each row as a whole and for each of its cells."""
        keys = [name for row in data["rows"] for name in (row, f"{row}_label")]
        return [*keys, "depth", "is_subtotal", "column", "column_label", *FIGURES], _flat(data)

    def _layout(self) -> Layout:
        asked = {one.name: self.request.GET.getlist(one.name) for one in PARAMETERS}
        known = {ROWS: NAMES, COLUMNS: NAMES, MEASURE: MEASURES}
        wrong = {
            name: [f"“{value}”不能选，请选 {'、'.join(known[name])}。" for value in values if value not in known[name]]
            for name, values in asked.items()
        }
        rows = tuple(dict.fromkeys(asked[ROWS])) or ("department",)
        if len(rows) > MOST_ROWS:
            wrong[ROWS].append(f"最多写 {MOST_ROWS} 个。")
        column = next(iter(asked[COLUMNS]), "")
        if column in rows:
            wrong[COLUMNS].append("行已按它汇总。")
        if problems := {name: sentences for name, sentences in wrong.items() if sentences}:
            raise ParametersRefusedError(problems)
        return Layout(rows, column, next(iter(asked[MEASURE]), "amount"))


def _flat(data: dict[str, Any]) -> Iterator[list[Any]]:
    blank = {"key": "", "label": ""}
    for line in (*data["lines"], data["total"]):
        above = {member["dimension"]: (member["key"], member["label"]) for member in line["members"]}
        place = [part for row in data["rows"] for part in above.get(row, ("", ""))]
        for column, cell in zip((blank, *data["column_members"]), (line, *line["cells"]), strict=True):
            figures = [cell[name] for name in FIGURES]
            yield [*place, line["depth"], line["is_subtotal"], column["key"], column["label"], *figures]
