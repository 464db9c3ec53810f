"""``./run fuzz``: bad input made on purpose, thousands of times. Exit code 1 where a promise was not kept."""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

LONG = 20_000
"""Mutations of a layout in the long form."""


def main() -> int:
    """Do what was asked for, and print what was tried and what failed."""
    asked = _arguments()
    os.environ["PERFGOALS_HOME"] = asked.home or tempfile.mkdtemp(prefix="perfgoals-fuzz-")
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
    import django

    django.setup()
    failed = 0
    if asked.each:
        failed += _mutations(asked)
    if asked.heavy:
        failed += _heavy()
    if asked.imports:
        failed += _imports(asked)
    if asked.minutes:
        from tests.fuzz import guided

        failed += guided.run(asked.minutes, asked.findings)
    print(f"没有通过：{failed}" + (f"，输入在 {asked.findings}" if failed else ""))
    return 1 if failed else 0


def _arguments() -> Namespace:
    parser = ArgumentParser(
        prog="./run fuzz", description="用损坏的文件检验导入：按种子变异，或按覆盖率引导（--minutes）。"
    )
    parser.add_argument("--minutes", type=float, default=0, help="按覆盖率引导（atheris）运行的分钟数")
    parser.add_argument("--each", type=int, default=0, metavar="N", help=f"每种版式的变异数（长跑为 {LONG}）")
    parser.add_argument("--layout", action="append", help="只检验这种版式的变异（可重复；默认为全部）")
    parser.add_argument("--imports", type=int, default=0, metavar="N", help="经过整个导入、写入数据库的变异数")
    parser.add_argument("--heavy", action="store_true", help="读取很大或自称很大的文件")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sources", type=Path, help="已发布文本的文件夹（默认 ../shared/sources，可以没有）")
    parser.add_argument("--findings", type=Path, default=Path("var/fuzz"), help="没有通过的输入保存在哪里")
    parser.add_argument("--home", help="内置数据库的位置（默认为临时文件夹）")
    asked = parser.parse_args()
    if not (asked.minutes or asked.each or asked.imports or asked.heavy):
        asked.each, asked.minutes, asked.imports, asked.heavy = 300, 1.0, 100, False
    return asked


def _mutations(asked: Namespace) -> int:
    from tests.fuzz.findings import Findings
    from tests.fuzz.starting import LAYOUTS, SOURCES
    from tests.fuzz.sweeping import sweep

    failed = 0
    for layout in asked.layout or LAYOUTS:
        findings = Findings(asked.findings)
        swept = sweep(layout, asked.each, findings, seed=asked.seed, sources=asked.sources or SOURCES)
        counts = swept.outcomes
        print(
            f"{layout}: 试 {counts.total()}，读取 {counts['read']}，拒绝 {counts['refused']}，没有通过 {counts['failed']}；"
            f"最慢 {swept.slowest:.1f} 秒，内存至多 {swept.memory // 1024} MB",
            flush=True,
        )
        _tell(findings.seen)
        failed += counts["failed"]
    return failed


def _heavy() -> int:
    from tests.fuzz.heavy import CASES, measure

    failed = 0
    for name in CASES:
        measured = measure(name)
        print(
            f"{name}: {measured.outcome}，{measured.seconds:.1f} 秒，{measured.megabytes} MB {measured.failure}",
            flush=True,
        )
        failed += measured.outcome == "failed"
    return failed


def _imports(asked: Namespace) -> int:
    from django.core.management import call_command

    from tests.fuzz.findings import Findings
    from tests.fuzz.importing import try_imports
    from tests.fuzz.starting import SOURCES

    call_command("migrate", verbosity=0)
    findings = Findings(asked.findings)
    outcomes = try_imports(asked.imports, findings, seed=asked.seed + 1, sources=asked.sources or SOURCES)
    told = "，".join(f"{name} {count}" for name, count in sorted(outcomes.items()))
    print(f"整个导入: 试 {outcomes.total()}（{told}）", flush=True)
    _tell(findings.seen)
    return outcomes["failed"]


def _tell(seen: Counter[str]) -> None:
    for what, count in seen.most_common():
        print(f"    {count} × {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
