"""``./run load``: many people at once, for some minutes, on the production server of this machine. Exit code 1 where
anything failed: an answer that was not as expected, an update that was lost, memory that grew, work that was not done.

Memory is flat where the processes of the site, and the worker, hold at the end at most 1.2 times what they held after the
warm-up (a tenth of the time, in which people arrive one after another) and 30 MB.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from typing import Any, Final

from benchmarks.homes import ROOT, home, run
from benchmarks.peers.installing import programs_of
from benchmarks.served import free_port
from tests.load.figures import WARM, Answer, growth, problems_of, table

MOST_PEOPLE: Final = 1000
MOST_MINUTES: Final = 60.0
WORLD: Final = "world.json"
"""What the program that plays people is told, in the folder of the records."""
FINISHING: Final = 90
"""Seconds that people have to finish what they began when the time is over."""


def main() -> int:
    """Play, check, and print what was seen."""
    asked = _arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))  # so that the server is ended on the way out
    place = asked.home.resolve() if asked.home else home(asked.projects, asked.indicators, history=True)
    programs = programs_of("load")
    os.environ |= {"PERFGOALS_HOME": str(place), "DJANGO_SETTINGS_MODULE": "perfgoals.settings", "DATABASE_URL": ""}
    run(place, "manage.py", "migrate", "--verbosity", "0")
    folder = Path(tempfile.mkdtemp(prefix="perfgoals-load-"))
    try:
        wrong = _play(asked, place, programs / "locust", folder)
    finally:
        (folder / WORLD).unlink(missing_ok=True)  # it holds log-ins
    for problem in wrong[:50]:
        print(f"不对：{problem}")
    print(f"没有通过 {len(wrong)}" + (f"，记录在 {folder}" if wrong or asked.keep else ""))
    if not wrong and not asked.keep:
        shutil.rmtree(folder)
    return 1 if wrong else 0


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="./run load", description="许多人同时浏览、筛选、修改和导出，然后核对全部数据。")
    parser.add_argument("--people", type=int, default=200, help="人数（默认 200）")
    parser.add_argument("--minutes", type=float, default=10.0, help="时长，分钟（默认 10）")
    parser.add_argument("--home", type=Path, help="数据文件夹，其中的项目会被修改（默认生成一个）")
    parser.add_argument("--projects", type=int, default=100_000, help="生成的项目数")
    parser.add_argument("--indicators", type=int, default=18, help="生成的每个项目的指标数")
    parser.add_argument("--port", type=int, default=0, help="网站的端口（默认任取空闲的）")
    parser.add_argument(
        "--think", type=float, nargs=2, default=(5.0, 20.0), metavar=("最短", "最长"), help="两页之间的秒数"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="保留记录")
    given = parser.parse_args()
    if not 1 <= given.people <= MOST_PEOPLE or not 0 < given.minutes <= MOST_MINUTES:
        parser.error(f"人数为 1 至 {MOST_PEOPLE}，时长不超过 {MOST_MINUTES:.0f} 分钟。")
    return given


def _play(asked: Namespace, place: Path, locust: Path, folder: Path) -> list[str]:
    """Play the people and print figures; everything that is wrong."""
    import django

    django.setup()
    from django.db import connection

    from tests.load.afterwards import problems, wait_for_work
    from tests.load.serving import Memory, served

    connection.ensure_connection()  # keeps the embedded server for the checks
    port = asked.port or free_port()
    _write_world(asked, folder, port)
    connection.close()
    seconds = asked.minutes * 60
    with served(place, port, folder / "server.log") as first:
        with Memory(first) as memory:
            ended = _locust(asked, locust, folder, seconds)
        wait_for_work()
        connection.ensure_connection()
    answers = [Answer(**json.loads(line)) for line in _lines(folder, "answers")]
    ledger = _lines(folder, "ledger")
    for line in table(answers, seconds):
        print(line)
    counts = Counter(json.loads(line)["kind"] for line in ledger)
    print(
        f"保存 {counts['saved']}，遇到别人的修改 {counts['met']} 次，处理后保存 {counts['resolved']}，后台导出 {counts['export']}"
    )
    wrong = [f"{number} 次 {problem}" for problem, number in problems_of(answers).items()]
    wrong += [entry["said"] for entry in map(json.loads, ledger) if entry["kind"] == "error"]
    wrong += [] if answers and ended == 0 else [f"locust: {ended}, {len(answers)} answers"]
    print("正在核对…", flush=True)
    return wrong + _wrong_memory(memory, seconds) + _wrong_log(folder) + problems(ledger)


def _write_world(asked: Namespace, folder: Path, port: int) -> None:
    from django.conf import settings

    from tests.load.people import make_people

    world = {
        "site": f"http://127.0.0.1:{port}", "run": f"L{int(time.time())}", "think": list(asked.think),
        "cookie": settings.SESSION_COOKIE_NAME, "people": make_people(asked.people, asked.seed),
    }  # fmt: skip
    (folder / WORLD).write_text(json.dumps(world))


def _locust(asked: Namespace, locust: Path, folder: Path, seconds: float) -> int:
    """Its exit code. It ends by itself, and is ended where it does not."""
    command: list[Any] = [
        locust, "-f", ROOT / "tests" / "load" / "behaviour.py", "--headless", "--only-summary", "--users", asked.people,
        "--spawn-rate", max(0.1, asked.people / (WARM * seconds)), "--run-time", f"{seconds:.0f}s",
        "--stop-timeout", FINISHING, "--exit-code-on-error", 0,
    ]  # fmt: skip
    given = os.environ | {"PYTHONPATH": str(ROOT), "PERFGOALS_LOAD_FOLDER": str(folder)}
    with (folder / "locust.log").open("wb") as said:
        process = subprocess.Popen(list(map(str, command)), cwd=folder, env=given, stdout=said, stderr=said)
    try:
        return process.wait(seconds + 2 * FINISHING)
    except subprocess.TimeoutExpired:
        return -1
    finally:
        process.kill()
        process.wait()


def _lines(folder: Path, name: str) -> list[str]:
    path = folder / f"{name}.jsonl"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _wrong_memory(memory: Any, seconds: float) -> list[str]:
    wrong = [f"{kind}：有进程中途结束" for kind in memory.replaced]
    for kind, samples in memory.samples.items():
        found = growth([sample for sample in samples if sample[0] <= seconds], seconds)
        if found is None:
            print(f"{kind}：时间太短，内存无法比较")
            continue
        print(f"{kind}：内存 预热后 {found.warm:.0f} MB，结束 {found.end:.0f} MB，最多 {found.most:.0f} MB")
        if not found.is_flat:
            wrong.append(f"{kind}：内存从 {found.warm:.0f} MB 增长到 {found.end:.0f} MB")
    return wrong


def _wrong_log(folder: Path) -> list[str]:
    said = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
    return [f"网站的日志里有 {number} 处异常"] if (number := said.count("Traceback (most recent call last)")) else []


if __name__ == "__main__":
    sys.exit(main())
