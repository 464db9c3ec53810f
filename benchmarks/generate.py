"""Fills a fresh database with made-up projects of the whole country, for measuring: see `benchmarks.generating`.

    PERFGOALS_HOME=/tmp/large .venv/bin/python benchmarks/generate.py --projects 1000000 --indicators 18 --seed 1 --jobs 2

The database must be empty (tables are made if need be), and one that was left half filled must be thrown away. It gets
an account that sees everything: auditor, with the password auditor-auditor. The same seed gives the same rows, however
many processes make them; from Python, `benchmarks.generating.store.fill` does the same.

About 19 KB of disk a project with 18 indicators, its history and every fifth source document. No findings are stored:
projects are marked as waiting to be checked, which `manage.py check_targets --pending` does.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")


def main() -> int:
    """Fill the database of the environment, and say what came of it."""
    given = _arguments()
    import django

    django.setup()
    from benchmarks.generating.store import NotEmptyError, fill

    try:
        fill(
            given.projects, given.indicators, given.seed, given.jobs, history=given.history, pending=given.pending,
            documents=given.documents, tell=lambda line: print(line, flush=True),
        )  # fmt: skip
    except NotEmptyError as error:
        print(error, file=sys.stderr)
        return 1
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{most / 1024:8.0f} MB in the largest process of the generator")
    if not given.history:
        print("without history: pages of changes are empty, and nothing can be brought back to an earlier state")
    print("left unchecked, and marked so" if given.pending else "left unchecked, and not marked")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="生成用于测量的全国项目数据（写入空的数据库）")
    parser.add_argument("--projects", type=int, default=10_000, help="项目数")
    parser.add_argument("--indicators", type=int, default=18, help="每个项目的指标数（实施期和年度合计）")
    parser.add_argument("--seed", type=int, default=1, help="同一种子得到同样的数据")
    parser.add_argument("--jobs", type=int, default=2, help="进程数")
    parser.add_argument("--documents", type=float, default=0.2, help="保留来源文件的行政区划和年度所占比例")
    parser.add_argument("--without-history", dest="history", action="store_false", help="不写历史")
    parser.add_argument("--none-pending", dest="pending", action="store_false", help="不标记为待审核")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
