"""Stores projects to check: any number, each with a whole form of varied texts and 20 indicators, always the same.

Texts are drawn from pools that Python makes and PostgreSQL combines, since 2 million rows made one by one would take
longer than what is measured. Triggers are left out: what they write (history) is not part of what is measured.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, Final

from benchmarks.target_forms import _ATTRIBUTES, _BODIES, _DEEDS, _PLACES, _THINGS, _indicator, _sentences

ROWS: Final = (
    ("output.quantity", "数量指标"), ("output.quantity", "数量指标"), ("output.quality", "质量指标"),
    ("output.quality", "质量指标"), ("output.timeliness", "时效指标"), ("output.cost", "成本指标"),
    ("benefit.social", "社会效益"), ("benefit.economic", "经济效益"), ("benefit.sustained", "可持续影响"),
    ("satisfaction.served", "服务对象满意度"),
)  # fmt: skip
"""Rows of the tree; each has a period and an annual half."""
POOL: Final = 4_000
"""Different indicators of a class, and different texts."""
LENGTHS: Final = {"basis": 4, "overview": 30, "necessity": 9, "safeguards": 9, "plan": 5, "goal": 6}
SHARED: Final = 50
"""One in so many projects has a text word for word as others have it."""
_PROJECTS: Final = """
    INSERT INTO projects_project (region_id, year, name, department_id, department_printed, section, implementing_unit,
        attribute, duration, amount, period_amount, has_funding_table, printed_unit, basis, overview, necessity,
        safeguards, plan, contact_lead, contact_handler, contact_phone, filed_at)
    SELECT %(region)s, 2024 + n %% 2, pick.place || pick.thing || pick.deed || '项目（第' || n || '号）', body.id,
        body.name, '', body.name, pick.attribute, pick.duration, yuan, yuan * CASE WHEN n %% 30 = 0 THEN 0.5 ELSE 1 END,
        true, '元', named || b.text, named || o.text, named || e.text, named || s.text, named || p.text,
        '张' || n %% 97, '李' || n %% 89, '0355-80' || n %% 9000 + 1000, now()
    FROM generate_series(1, %(count)s) n
    CROSS JOIN LATERAL (SELECT 1000.0 * (1 + n * 7919 %% 9999) AS yuan) money
    CROSS JOIN LATERAL (SELECT CASE WHEN n %% %(shared)s = 0 THEN '' ELSE n || '号工程' END AS named) called
    JOIN picks pick ON pick.at = n * 31 %% %(pool)s
    JOIN bodies body ON body.at = n %% (SELECT count(*) FROM bodies)
    JOIN texts b ON b.kind = 'basis' AND b.at = n * 17 %% %(pool)s
    JOIN texts o ON o.kind = 'overview' AND o.at = n * 19 %% %(pool)s
    JOIN texts e ON e.kind = 'necessity' AND e.at = n * 23 %% %(pool)s
    JOIN texts s ON s.kind = 'safeguards' AND s.at = n * 29 %% %(pool)s
    JOIN texts p ON p.kind = 'plan' AND p.at = n * 37 %% %(pool)s
"""
_FUNDING: Final = """
    INSERT INTO projects_funding (project_id, scope, source_id, amount)
    SELECT p.id, s, f.code, CASE f.code WHEN 'local' THEN CASE s WHEN 'period' THEN p.period_amount ELSE p.amount END
        WHEN 'other' THEN NULL ELSE 0 END
    FROM projects_project p, projects_fundingsource f, unnest(ARRAY['period', 'annual']) s
"""
_GOALS: Final = """
    INSERT INTO indicators_goal (project_id, scope, text)
    SELECT p.id, s, p.id || '号工程' || t.text FROM projects_project p
    CROSS JOIN unnest(ARRAY['period', 'annual']) s
    JOIN texts t ON t.kind = 'goal' AND t.at = (p.id * 41 + CASE WHEN s = 'annual' AND p.id %% 3 = 0 THEN 1 ELSE 0 END) %% %(pool)s
"""
_INDICATORS: Final = """
    INSERT INTO indicators_indicator (project_id, scope, position, category_id, level2_label, name, value, operator,
        number, unit)
    SELECT p.id, s, r.position, r.category, r.label, t.name, t.value, t.operator, t.number, t.unit
    FROM projects_project p CROSS JOIN rows r CROSS JOIN unnest(ARRAY['period', 'annual']) s
    JOIN targets t ON t.label = r.label
        AND t.at = (p.id * 43 + r.position * 7 + CASE WHEN s = 'annual' AND p.id %% 10 < 4 THEN 1 ELSE 0 END) %% %(pool)s
"""


def fill(count: int) -> None:
    """Store ``count`` projects, all of them unchecked."""
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0)
    given: dict[str, Any] = {"count": count, "pool": POOL, "shared": SHARED, "region": _region()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        _fill_pools(cursor)
        for statement in (_PROJECTS, _FUNDING, _GOALS, _INDICATORS):
            cursor.execute(statement, given)
        cursor.execute("INSERT INTO indicators_uncheckedproject SELECT id, now() FROM projects_project")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _region() -> str:
    from projects.models import Department, Region

    region, _ = Region.objects.get_or_create(code="140404", defaults={"name": "长治市上党区", "short_name": "上党区"})
    for body in _BODIES:
        Department.objects.get_or_create(region=region, name=f"长治市上党区{body}")
    return region.code


def _fill_pools(cursor: Any) -> None:
    source = random.Random(7)
    cursor.execute(
        "CREATE TEMP TABLE bodies ON COMMIT DROP AS SELECT id, name, row_number() OVER (ORDER BY id) - 1 AS at FROM projects_department"
    )
    picks = ((at, *_pick(source)) for at in range(POOL))
    _copy(cursor, "picks", "at int, place text, thing text, deed text, attribute text, duration text", picks)
    texts = ((kind, at, _sentences(source, long)) for kind, long in LENGTHS.items() for at in range(POOL))
    _copy(cursor, "texts", "kind text, at int, text text", texts)
    _copy(cursor, "rows", "position int, category text, label text", ((at, *row) for at, row in enumerate(ROWS)))
    columns = "label text, at int, name text, value text, operator text, number numeric, unit text"
    _copy(cursor, "targets", columns, _targets(source))


def _pick(source: random.Random) -> tuple[str, ...]:
    return source.choice(_PLACES), source.choice(_THINGS), source.choice(_DEEDS), *source.choice(_ATTRIBUTES)


def _targets(source: random.Random) -> Iterator[tuple[Any, ...]]:
    from indicators.values import parse_value

    for label in dict(ROWS).values():
        for at in range(POOL):
            name, printed = _indicator(source, label)
            value = parse_value(printed)
            yield label, at, name, printed, value.operator, value.number, value.unit


def _copy(cursor: Any, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    cursor.execute(f"CREATE TEMP TABLE {table} ({columns}) ON COMMIT DROP")
    with cursor.cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"ANALYZE {table}")
