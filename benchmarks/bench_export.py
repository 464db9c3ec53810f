"""Exporting many projects: rows a second and memory, beside XlsxWriter's own constant-memory mode.

    ./run bench export --projects 100000

Fills a fresh embedded server of its own, exports all columns as xlsx and csv, each in a process of its own, and lets
XlsxWriter alone (constant_memory, ``write_row``, rows that are at hand already) write the same rows in the same run.
PostgreSQL's raw ``COPY … TO`` of the very rows of the csv, from a table that has them ready, is the floor of the csv.
Exits 1 when a promise is missed: xlsx at no less than 0.8 of XlsxWriter's rate, csv at no less than 0.5 of that COPY, both
below 200 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RATIO = 0.8
OF_COPY = 0.5
MEGABYTES = 200.0
PROJECTS = 100_000
BATCH = 2_000
TARGETS = (("output.quantity", "数量指标", "≥12间"), ("satisfaction.served", "服务对象满意度", "≥95%"))
"""Indicators of a project, in both halves."""
STEPS = ("fill", "rows", "xlsx", "alone", "csv", "copy")
"""What is compared stands side by side, since a machine that others use too changes from minute to minute."""


def main() -> int:
    """Measure and print; the exit code says whether the promise was kept."""
    parser = argparse.ArgumentParser(description="测量导出的速度和内存")
    parser.add_argument("--projects", type=int, default=PROJECTS)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        if given.folder is None:
            parser.error("--step needs --folder")
        os.environ.update(place_of(given.folder))
        print(json.dumps(measure(given.step, given.folder, given.projects)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = {name: step(name, Path(folder), given.projects) for name in STEPS}
    rows = found["alone"]["rows"]
    for name in ("xlsx", "alone", "csv", "copy"):
        one = found[name]
        rate, size = given.projects / one["seconds"], one["bytes"] / 1e6
        print(f"{name:<6}{one['seconds']:7.1f} s {rate:8.0f} projects/s {size:7.1f} MB  peak {one['peak']:4.0f} MB")
    ratio = found["alone"]["seconds"] / found["xlsx"]["seconds"]
    print(f"{given.projects} projects, {rows:.0f} rows in both sheets")
    of_copy = found["copy"]["seconds"] / found["csv"]["seconds"]
    print(f"xlsx at {ratio:.2f} of XlsxWriter alone; csv at {of_copy:.2f} of COPY")
    kept = ratio >= RATIO and of_copy >= OF_COPY and max(found[name]["peak"] for name in ("xlsx", "csv")) <= MEGABYTES
    print(f"promise ({RATIO}, {OF_COPY}, {MEGABYTES:.0f} MB): {'kept' if kept else 'missed'}")
    return 0 if kept else 1


def place_of(folder: Path) -> dict[str, str]:
    """The settings that say where the projects are: an embedded server of the benchmark's own, in ``PERFGOALS_BENCH_HOME`` or in
    the folder, also where a step is run by hand. Never the database of the site, which `fill` would fill."""
    return {"PERFGOALS_HOME": os.environ.get("PERFGOALS_BENCH_HOME", f"{folder}/home"), "DATABASE_URL": ""}


def step(name: str, folder: Path, projects: int) -> dict[str, float]:
    """One measurement in a process of its own, so that its peak memory is its own."""
    environment = {**os.environ, **place_of(folder)}
    command = [sys.executable, "-m", "benchmarks.bench_export", "--step", name, "--folder", str(folder)]
    done = subprocess.run([*command, "--projects", str(projects)], env=environment, check=True, stdout=subprocess.PIPE)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(name: str, folder: Path, projects: int) -> dict[str, float]:
    """Seconds, peak memory in MB of this process, bytes of the file and, where they are known, rows."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
    import django

    django.setup()
    if name == "fill":
        fill(projects)
        return {}
    if name == "rows":
        keep_rows(folder / "rows")
        return {}
    if name == "alone":
        return {**write_alone(folder), "peak": peak()}
    path = folder / f"out.{name}"
    if name == "copy":
        return {"seconds": copy_out(folder / "out.csv", path), "peak": peak(), "bytes": path.stat().st_size}
    return {"seconds": export(name, path), "peak": peak(), "bytes": path.stat().st_size}


READ_BEFORE = {"xlsx": 0, "csv": 1}
"""Turns before the one that counts. COPY's table was written just before, so the csv's need not come from the disk either."""


def peak() -> float:
    """Most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(projects: int) -> None:
    """Store projects with texts, funding, goals and indicators."""
    from django.core.management import call_command
    from django.db import connection

    from projects.models import Department, Region

    call_command("migrate", verbosity=0)
    region = Region.objects.get_or_create(code="140400", defaults={"name": "长治市", "short_name": "长治市"})[0]
    department = Department.objects.get_or_create(region=region, name="市教育局")[0]
    text = "改善办学条件，按合同管理，资金按进度拨付，年底前完成验收。" * 2
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO projects_project (region_id, year, serial, name, department_id, department_printed, section,"
            " implementing_unit, attribute, duration, amount, period_amount, has_funding_table, printed_unit, basis,"
            " content, overview, necessity, safeguards, plan, filed_at)"
            " SELECT %s, 2025, n, '校舍改造工程第' || n || '期', %s, '市教育局', '', '第' || n %% 500 || '小学', '一次性项目',"
            " '1年', n * 1.25, n * 1.25, true, '元', %s, %s, %s || n, %s, %s, %s, now() FROM generate_series(1, %s) n",
            [region.pk, department.pk, *[text] * 6, projects],
        )
        cursor.execute(
            "INSERT INTO projects_funding (project_id, scope, source_id, amount)"
            " SELECT p.id, s, f.code, CASE f.code WHEN 'local' THEN p.amount ELSE 0 END"
            " FROM projects_project p, projects_fundingsource f, unnest(ARRAY['period', 'annual']) s"
        )
        cursor.execute(
            "INSERT INTO indicators_goal (project_id, scope, text)"
            " SELECT id, s, %s FROM projects_project, unnest(ARRAY['period', 'annual']) s",
            [text],
        )
        for position, (category, label, value) in enumerate(TARGETS):
            cursor.execute(
                "INSERT INTO indicators_indicator (project_id, scope, position, category_id, level2_label, name, value)"
                " SELECT id, s, %s, %s, %s, '改造教室', %s FROM projects_project, unnest(ARRAY['period', 'annual']) s",
                [position, category, label, value],
            )
        # As autovacuum does within minutes wherever people work, and would here amidst one of the measurements.
        cursor.execute("VACUUM ANALYZE")


def export(kind: str, path: Path) -> float:
    """Seconds of what the site does.

    Its modules are loaded and it is connected, as the COPY and XlsxWriter beside it are: with the embedded server's start
    that takes a second, which no export in the site waits for.
    """
    from django.db import connection

    from imports.exporting.files import write_file
    from projects.models import Project

    connection.ensure_connection()
    for _ in range(READ_BEFORE[kind] + 1):
        start = time.perf_counter()
        with path.open("wb") as to:
            write_file(kind, Project.objects.all(), to)
    return time.perf_counter() - start


def copy_out(csv: Path, path: Path) -> float:
    """Seconds that PostgreSQL takes for the rows of the csv, which a table has ready."""
    from django.db import connection

    from imports.exporting.columns import COLUMNS

    columns = ", ".join(f"c{place} text" for place in range(len(COLUMNS)))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNLOGGED TABLE ready ({columns})")
        with csv.open("rb") as rows, cursor.cursor.copy("COPY ready FROM STDIN (FORMAT csv, HEADER)") as copy:
            while piece := rows.read(1 << 20):
                copy.write(piece)
        for _ in range(READ_BEFORE["csv"] + 1):
            start = time.perf_counter()
            with path.open("wb") as to, cursor.cursor.copy("COPY ready TO STDOUT (FORMAT csv)") as copy:
                for piece in copy:
                    to.write(piece)
        seconds = time.perf_counter() - start
        cursor.execute("DROP TABLE ready")
    return seconds


def keep_rows(path: Path) -> None:
    """The rows of both sheets on disk, in batches."""
    from imports.exporting.columns import COLUMNS
    from imports.exporting.rows import ProjectRows, batches, indicator_rows, numbers_of
    from projects.models import Project

    reader = ProjectRows(COLUMNS)
    with path.open("wb") as to:
        for batch in batches(numbers_of(Project.objects.all())):
            pickle.dump((list(reader.read(batch)), list(indicator_rows(batch))), to)


def kept_rows(path: Path) -> Iterator[tuple[list[list[Any]], list[list[Any]]]]:
    """The batches again."""
    with path.open("rb") as kept:
        while True:
            try:
                yield pickle.load(kept)  # noqa: S301  # written above
            except EOFError:
                return


def write_alone(folder: Path) -> dict[str, float]:
    """XlsxWriter in its constant-memory mode; making the rows is not part of the figure."""
    import xlsxwriter  # type: ignore[import-untyped]  # the package carries no types

    path, seconds, rows = folder / "alone.xlsx", 0.0, 0
    options = {"constant_memory": True, "strings_to_formulas": False, "default_date_format": "yyyy-mm-dd hh:mm:ss"}
    book = xlsxwriter.Workbook(str(path), options)
    sheets, at = (book.add_worksheet(), book.add_worksheet()), [0, 0]
    for batch in kept_rows(folder / "rows"):
        start = time.perf_counter()
        for place, sheet in enumerate(sheets):
            for row in batch[place]:
                sheet.write_row(at[place], 0, row)
                at[place] += 1
        seconds += time.perf_counter() - start
        rows += len(batch[0]) + len(batch[1])
    start = time.perf_counter()
    book.close()
    return {"seconds": seconds + time.perf_counter() - start, "bytes": path.stat().st_size, "rows": rows}


if __name__ == "__main__":
    sys.exit(main())
