"""All benchmarks one after the other, as ``./run bench`` without a name does. Exits 1 when one of them has missed a promise."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Run each, let it print its own table, and say at the end which kept what they promise."""
    lines, missed = [], 0
    for path in sorted(HERE.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        print(f"\n== {name}", flush=True)
        started = time.perf_counter()
        kept = subprocess.run([sys.executable, path], check=False).returncode == 0
        missed += not kept
        lines.append(f"{name:<12}{'kept' if kept else 'missed':<8}{time.perf_counter() - started:7.0f} s")
    print("\n== promises", *lines, sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
