"""``check_targets``: what the rules say of stored projects, without the site."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from difflib import get_close_matches
from pathlib import Path
from typing import Any, BinaryIO, Final

from tqdm import tqdm

from indicators.checks import RULES, Rule, Severity, rule_named
from indicators.models import RuleSetting
from indicators.reviewing.explaining import explained
from indicators.reviewing.listing import findings_among
from indicators.reviewing.many import pending, work_off
from indicators.reviewing.reports import write_report
from perfgoals.commands import PerfGoalsCommand
from perfgoals.output import write_output
from perfgoals.spreadsheets import CellTooLongError
from projects.filters.arguments import add_filter_arguments, filtered

OPEN_MUST: Final = 1
"""Exit code under ``--strict``."""
OWN: Final = ("rule", "severity", "format")
SEVERITIES: Final = {
    **{one.label: one for one in Severity},
    **{one.name.lower(): one for one in Severity},
}


class Command(PerfGoalsCommand):
    """Exit code 0; 1 under ``--strict`` when a finding that must be mended is open; 2 when an option is refused."""

    help = "审核绩效目标：输出库中项目的审核意见，筛选条件与网页列表相同。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json", "xlsx"], default="text", help="报告的格式")
        parser.add_argument("-o", "--output", type=Path, help="写入的文件；不写则输出到标准输出")
        parser.add_argument("--rule", action="append", metavar="规则", help="只看这条规则（规则标识，可写多次）")
        severities = "、".join(one.label for one in Severity)
        parser.add_argument("--severity", action="append", metavar="程度", help=f"只看这种严重程度：{severities}")
        parser.add_argument("--explain", metavar="规则", help="说明一条规则：依据、做法、例子、限值和现行设置")
        parser.add_argument("--pending", action="store_true", help="先审核改动后还没有审核的项目")
        parser.add_argument("--all-again", action="store_true", help="先把筛选出的项目全部重新审核")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N", help="审核所用的进程数")
        parser.add_argument("--strict", action="store_true", help="有未认可的“必须修改”时以退出码 1 结束")
        add_filter_arguments(parser, but=OWN)

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        if options["explain"]:
            rule = self._rule(options["explain"])
            settings = RuleSetting.objects.filter(rule=rule.id).select_related("region")
            self.stdout.write(explained(rule, settings), ending="")
            return
        rules = [self._rule(name).id for name in options["rule"] or ()]
        severities = [self._severity(text) for text in options["severity"] or ()]
        if options["processes"] < 1:
            self.refuse("--processes 至少是 1。")
        projects = filtered(self, options, but=OWN)
        if options["pending"] or options["all_again"]:
            again = set(projects.order_by().values_list("pk", flat=True)) if options["all_again"] else set()
            self._check(again.union(pending() if options["pending"] else ()), options["processes"])
        elif left := len(pending()):
            self.stderr.write(f"有 {left} 个项目改动后还没有审核，加 --pending 先审核它们。")
        found = findings_among(projects, rules=rules, severities=severities)

        def write(to: BinaryIO) -> None:
            write_report(options["format"], found, to)

        try:
            write_output(self, write, options["output"], binary=options["format"] == "xlsx")
        except CellTooLongError as error:
            self.refuse(str(error))
        if options["strict"] and found.filter(severity=Severity.MUST, acceptance=None).exists():
            sys.exit(OPEN_MUST)

    def _check(self, numbers: set[int], processes: int) -> None:
        with tqdm(desc="审核", unit="个", file=sys.stderr, disable=None, total=len(numbers)) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            done = work_off(numbers, count=processes, progress=show)
        others = f"，以及与它们相似的 {done.others} 个" if done.others else ""
        self.stderr.write(f"已审核 {done.asked} 个项目{others}。")

    def _rule(self, name: str) -> Rule:
        rule = rule_named(name)
        if rule is None:
            near = get_close_matches(name, [one.id for one in RULES], n=3, cutoff=0)
            self.refuse(f"没有“{name}”这条规则，最接近的有：{'、'.join(near)}。")
        return rule

    def _severity(self, text: str) -> Severity:
        if text not in SEVERITIES:
            self.refuse(f"没有“{text}”这种严重程度，可以写：{'、'.join(one.label for one in Severity)}。")
        return SEVERITIES[text]
