"""Coverage-guided fuzzing (atheris, on libFuzzer) of the readers and of the values, each target in a process of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

TARGETS: Final = (
    "target_form", "key_project_list", "gazette", "interchange", "target_form_sheet", "key_project_sheet", "project_table", "values",
)  # fmt: skip
MISSING: Final = (
    "按覆盖率引导的检验需要 atheris，这个 Python（{}.{}）还没有它的安装包；请用 Python 3.11 至 3.13 建立环境（PYTHON=python3.12 ./run …），"
    "或不带 --minutes 运行。"
)


def is_there() -> bool:
    """Whether atheris is installed: there are wheels of it for some versions of Python only."""
    return importlib.util.find_spec("atheris") is not None


def run(minutes: float, folder: Path) -> int:
    """Give each target its share of the time; print what was tried and found, and answer how much failed."""
    if not is_there():
        print(MISSING.format(*sys.version_info[:2]))
        return 1
    failed = 0
    for target in TARGETS:
        counts = run_target(target, max(1, round(minutes * 60 / len(TARGETS))), folder)
        told = "，".join(f"{name} {count}" for name, count in counts.items())
        print(f"按覆盖率引导 {target}: {told}", flush=True)
        failed += counts["failed"]
    return failed


def run_target(target: str, seconds: int, folder: Path) -> dict[str, int]:
    """Fuzz one target; what died of an input counts as failed, and leaves that input."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="perfgoals-guided-") as scratch:
        counts = Path(scratch, "counts.json")
        command = [
            sys.executable, "-m", "tests.fuzz.guided_target", target, str(folder), str(counts), f"{scratch}/corpus",
            f"-max_total_time={seconds}", f"-artifact_prefix={folder}/{target}-", "-timeout=60", "-rss_limit_mb=2000", "-max_len=30000",
            "-print_final_stats=0", "-verbosity=0",
        ]  # fmt: skip
        Path(scratch, "corpus").mkdir()
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, env=os.environ)
        found: dict[str, int] = json.loads(counts.read_text()) if counts.exists() else {"tried": 0, "failed": 0}
    if done.returncode:
        found["failed"] += 1
        (folder / f"{target}-end.txt").write_text(done.stderr[-20_000:], encoding="utf-8")
    return found
