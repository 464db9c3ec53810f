"""Whether splitting projects and indicators by year would pay: the same rows and statements, whole and split, in turns.

    ./run bench partitions --projects 200000

Fills a fresh embedded server with this version's own tables and, beside them, the same tables split into one partition a
year, with the same indexes; a unique index must have the year in it there. The statements are those of the program, with
the other tables' names. It exits 1 when the split tables answer faster in the geometric mean: ADR 24 would no longer hold.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

ROUNDS: Final = 15
IMPORTED: Final = 2_000
"""Projects that an import of a year adds."""
INDICATORS: Final = 5
Asked = tuple[str, Sequence[Any]]
"""A statement and its values."""
YEARS: Final = range(2016, 2026)
YEAR: Final = 2024
SPLIT: Final = {"projects_project": "split_project", "indicators_indicator": "split_indicator"}
COLUMNS: Final = "id, region_id, year, name, section, department_id, amount, period_amount, serial, content, has_funding_table, printed_unit"
PARTS: Final = "project_id, scope, position, category_id, level2_label, name, value"
# As long as a form's texts are in the mean, and not to be compressed away.
PROJECTS: Final = """
    SELECT n, (110000 + n % 2800)::text, 2016 + n % 10, '项目' || n, '', n % 50000 + 1, random() * 1e6, random() * 1e6, n % 300,
      (SELECT string_agg(md5(n::text || m), '') FROM generate_series(1, 20) m), true, '元'
"""
EACH_PART: Final = "SELECT project.id, 'annual', m, 'output.quantity', '数量指标', md5(project.id::text || m), '≥' || m"


def main() -> int:
    """Measure and print; the exit code says whether whole tables are still the better choice."""
    parser = argparse.ArgumentParser(description="比较整表与按年度分区")
    parser.add_argument("--projects", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        os.environ |= {"PERFGOALS_HOME": str(home), "DATABASE_URL": "", "PERFGOALS_SLOW_STATEMENT_SECONDS": "3600"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
        import django
        from django.core.management import call_command

        django.setup()
        from django.db import connection

        from perfgoals.postgres.cluster import stop
        from perfgoals.postgres.places import Cluster

        try:
            call_command("migrate", verbosity=0)
            fill(given.projects)
            split()
            return compare(given.projects, given.rounds)
        finally:
            connection.close()
            stop(Cluster(home))  # before its folder goes


def run(statement: str, values: Sequence[Any] = ()) -> list[Any]:
    """The rows of a statement, if it has any."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def fill(projects: int) -> None:
    """The program's own tables, without the work of triggers."""
    run("SET session_replication_role = replica; SET synchronous_commit = off")
    run("INSERT INTO projects_region (code, name, short_name) SELECT n, n, n FROM generate_series(110000, 112799) n")
    run(
        "INSERT INTO projects_department (region_id, name) SELECT (110000 + n % 2800)::text, n FROM generate_series(1, 50000) n"
    )
    run(f"INSERT INTO projects_project ({COLUMNS}) {PROJECTS} FROM generate_series(1, {projects}) n")
    run(
        f"INSERT INTO indicators_indicator ({PARTS}) {EACH_PART} FROM projects_project project, generate_series(1, {INDICATORS}) m"
    )


def split() -> None:
    """The same tables by year, with the same rows and indexes."""
    run(
        "CREATE TABLE split_project (LIKE projects_project INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS INCLUDING IDENTITY) PARTITION BY LIST (year)"
    )
    run(
        "CREATE TABLE split_indicator (LIKE indicators_indicator INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY, year smallint NOT NULL) PARTITION BY LIST (year)"
    )
    for table in SPLIT.values():
        for year in YEARS:
            run(f"CREATE TABLE {table}_{year} PARTITION OF {table} FOR VALUES IN ({year})")
    columns = f"{COLUMNS}, created_at, updated_at"
    run(f"INSERT INTO split_project ({columns}) SELECT {columns} FROM projects_project")  # noqa: S608  # names of this module
    named = ", ".join(f"part.{column}" for column in ("id", *PARTS.split(", ")))
    run(f"""INSERT INTO split_indicator (id, {PARTS}, year) SELECT {named}, project.year
            FROM indicators_indicator part JOIN projects_project project ON project.id = part.project_id""")  # noqa: S608  # names of this module
    run("SELECT setval(pg_get_serial_sequence('split_indicator', 'id'), (SELECT max(id) FROM indicators_indicator))")
    for table, other in SPLIT.items():
        for (definition,) in run("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table]):
            run(_on(definition, table, other))
    run(f"VACUUM ANALYZE {', '.join([*SPLIT, *SPLIT.values()])}")


def _on(definition: str, table: str, other: str) -> str:
    """An index's definition for the other table; one that keeps rows apart gets the year, as PostgreSQL demands."""
    head, _, rest = definition.partition(f" ON public.{table} USING btree (")
    name = head.split()[-1]
    year = "year, " if head.startswith("CREATE UNIQUE") and "year" not in rest else ""
    return f"{head.removesuffix(name)}split_{name} ON {other} USING btree ({year}{rest}"


def in_split(statement: str) -> str:
    """A statement about the split tables."""
    for table, other in SPLIT.items():
        statement = statement.replace(table, other)
    return statement


def asked_by(act: Callable[[], object]) -> list[Asked]:
    """The statements that something runs, with their values."""
    from django.db import connection

    seen: list[Asked] = []

    def note(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        seen.append((statement, values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(note):
        act()
    return seen


def statements(projects: int) -> dict[str, list[Asked]]:
    """What is measured: statements of the program, by what people do."""
    from django.db.models import Count, Sum
    from django.http import QueryDict

    from indicators.models import Indicator
    from perfgoals.pagination import Beside, Page
    from projects.filters import ProjectFilter
    from projects.models import Project
    from projects.tables import Sort, page_keys

    def page(query: str, order: str, page: Page) -> Callable[[], object]:
        return lambda: page_keys(ProjectFilter(QueryDict(query), Project.objects.all()).qs, Sort.asked(order), page)

    def sums(**conditions: Any) -> Callable[[], object]:
        rows = Project.objects.filter(**conditions).order_by("year").values("year")
        return lambda: list(rows.annotate(number=Count("pk"), money=Sum("amount")))

    first, middle = Page(1, 50, projects), projects // 2
    some = [middle + 997 * at for at in range(50)]
    acts = {
        "first page of a year by amount": page(f"year={YEAR}", "-amount", first),
        "first page of a region and year": page(f"region=110404&year={YEAR}", "-amount", first),
        "first page of all, as it opens": page("", "", first),
        "page 1,000 of all": page("", "", Page(1000, 50, projects, Beside(middle, is_before=False))),
        "a project by its number": lambda: Project.objects.get(pk=middle),
        "its indicators": lambda: list(Indicator.objects.filter(project=middle)),
        "50 found by words, of a year": lambda: list(Project.objects.filter(pk__in=some, year=YEAR).values_list("pk")),
        "counting a year's rows": sums(year=YEAR),
        "counting all rows by year": sums(),
    }
    return {name: asked_by(act) for name, act in acts.items()}


def importing(table: str, parts: str) -> Callable[[], None]:
    """Adds a year's projects with their indicators, and takes them back."""
    year, of_year = (", year", ", project.year") if parts.startswith("split") else ("", "")
    first = 9_000_000 + YEAR - YEARS[0]
    numbers = f"FROM generate_series({first}, {first + 10 * (IMPORTED - 1)}, 10) n"  # ten apart, all are of one year
    read = (
        f"FROM {table} project, generate_series(1, {INDICATORS}) m WHERE project.id > 9000000 AND project.year = {YEAR}"
    )

    def act() -> None:
        from django.db import transaction

        with transaction.atomic():
            run(f"INSERT INTO {table} ({COLUMNS}) {PROJECTS} {numbers}")
            run(f"INSERT INTO {parts} ({PARTS}{year}) {EACH_PART}{of_year} {read}")
            transaction.set_rollback(True)

    return act


def compare(projects: int, rounds: int) -> int:
    """Everything in turns, the whole tables and the split ones."""
    from benchmarks.timing import Times, geometric_mean, seconds_of

    print(
        f"{projects:,} projects, {INDICATORS * projects:,} indicators, {len(YEARS)} years; milliseconds, {rounds} turns\n"
    )
    print(f"{'':<36}{'whole':>17}{'split':>17}  split ÷ whole")
    ratios = []
    for name, (whole, parted) in cases(projects).items():
        if whole() != parted():
            raise RuntimeError(f"{name}: the split tables answer something else")
        seconds = [(seconds_of(whole), seconds_of(parted)) for _ in range(rounds)]
        one, other = (Times.of(times) for times in zip(*seconds, strict=True))
        ratios.append(other.median / one.median)
        print(f"{name:<36}{one}{other}{ratios[-1]:10.2f}", flush=True)
    mean = geometric_mean(ratios)
    print(f"{'geometric mean':<70}{mean:10.2f}\n")
    for table, parted_table in SPLIT.items():
        print(f"indexes of {table}: {_indexes(table):.0f} MB whole, {_indexes(parted_table):.0f} MB split")
    return 0 if mean >= 1 else 1


def cases(projects: int) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """What is measured, of the whole tables and of the split ones."""
    found: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        name: (answering(asked), answering([(in_split(statement), values) for statement, values in asked]))
        for name, asked in statements(projects).items()
    }
    found[f"importing {IMPORTED:,} projects of a year"] = importing(*SPLIT), importing(*SPLIT.values())
    return found


def answering(asked: Sequence[Asked]) -> Callable[[], object]:
    """Gives the rows of statements."""
    return lambda: [run(*one) for one in asked]


def _indexes(table: str) -> float:
    """Megabytes of a table's indexes, its partitions' included."""
    parts = "SELECT pg_indexes_size(%s) + coalesce((SELECT sum(pg_indexes_size(relid)) FROM pg_partition_tree(%s)), 0)"
    return float(run(parts, [table, table])[0][0]) / 2**20


if __name__ == "__main__":
    sys.exit(main())
