"""``./run faults``: faults made on purpose, on the embedded server with real processes. Exit code 1 where anything is wrong."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

LONG = 200


def main() -> int:
    """Make faults, and print how many of which kind, and what was wrong afterwards."""
    asked = _arguments()
    home = Path(tempfile.mkdtemp(prefix="perfgoals-faults-"))
    home.chmod(0o755)
    os.environ["PERFGOALS_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
    import django

    django.setup()
    from tests.faults.running import run

    begun = time.monotonic()
    try:
        done = run(home, asked.rounds, asked.seed, asked.only)
    finally:
        _stop(home)
        shutil.rmtree(home, ignore_errors=True)
    for name, count in sorted(done.counts.items()):
        print(f"{count:5} {name}")
    for problem in done.problems:
        print(f"不对：{problem}")
    print(f"故障 {asked.rounds} 次，没有通过 {len(done.problems)}，用时 {time.monotonic() - begun:.0f} 秒")
    return 1 if done.problems else 0


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="./run faults", description="在内置数据库和真实进程上制造故障，每次之后核对全部数据。")
    parser.add_argument("--rounds", type=int, default=LONG, help="故障的次数（默认 200）")
    parser.add_argument(
        "--only",
        choices=("import", "two_imports", "folder", "save", "bulk", "worker", "web", "disk"),
        help="只在这一种工作中制造故障",
    )
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _stop(home: Path) -> None:
    from django.db import connections

    from perfgoals.postgres import cluster as clusters
    from perfgoals.postgres.places import Cluster

    connections.close_all()
    clusters.stop(Cluster(home))


if __name__ == "__main__":
    sys.exit(main())
