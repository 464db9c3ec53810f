"""Triggers that keep what each project adds to totals (`projects_projecttally`), whoever writes; all that are stored get theirs."""

from django.db import migrations

# As projects.filters.conditions knows kinds of attributes.
KINDS = ("一次性", "延续性", "经常性")
ATTRIBUTE = " ".join(f"WHEN project.attribute LIKE '{kind}%' THEN '{kind}'" for kind in KINDS)
MADE = f"""
CREATE FUNCTION indicators_tallies(wanted bigint[]) RETURNS SETOF projects_projecttally LANGUAGE sql STABLE AS $$
    SELECT project.id, project.region_id, coalesce(above.parent_id, own.parent_id, own.code), project.year,
        coalesce(project.department_id, 0), project.section,
        CASE WHEN coalesce(project.attribute, '') = '' THEN 'none' {ATTRIBUTE} ELSE 'other' END,
        project.archived_at IS NOT NULL, project.amount, project.period_amount,
        coalesce(project.amount, 0) <> coalesce(money.explained, 0), coalesce(classed.number, 0),
        coalesce(classed.in_period, 0), coalesce(money.sources, '{{}}'), coalesce(money.annual, '{{}}'),
        coalesce(money.period, '{{}}'), coalesce(classed.codes, '{{}}'), coalesce(classed.numbers, '{{}}')
    FROM projects_project project
    JOIN projects_region own ON own.code = project.region_id
    LEFT JOIN projects_region above ON above.code = own.parent_id
    CROSS JOIN LATERAL (
        SELECT array_agg(source_id ORDER BY source_id) AS sources, array_agg(annual ORDER BY source_id) AS annual,
            array_agg(period ORDER BY source_id) AS period, sum(annual) AS explained
        FROM (
            SELECT source_id, sum(amount) FILTER (WHERE scope = 'annual') AS annual,
                sum(amount) FILTER (WHERE scope = 'period') AS period
            FROM projects_funding WHERE project_id = project.id AND amount IS NOT NULL GROUP BY source_id
        ) cell
    ) money
    CROSS JOIN LATERAL (
        SELECT array_agg(code ORDER BY code) AS codes, array_agg(number ORDER BY code) AS numbers,
            sum(number) FILTER (WHERE is_top) AS number, sum(in_period) FILTER (WHERE is_top) AS in_period
        FROM (
            SELECT way.code, way.is_top, sum(counted.number)::integer AS number, sum(counted.in_period)::integer AS in_period
            FROM (
                SELECT category_id, count(*) AS number, count(*) FILTER (WHERE scope = 'period') AS in_period
                FROM indicators_indicator WHERE project_id = project.id GROUP BY category_id
            ) counted
            JOIN indicators_category class ON class.code = counted.category_id
            CROSS JOIN LATERAL (
                SELECT coalesce(class.parent_id, class.code) AS code, true AS is_top
                UNION ALL SELECT class.code, false WHERE class.parent_id IS NOT NULL
            ) way
            GROUP BY way.code, way.is_top
        ) each
    ) classed
    WHERE project.id = ANY(wanted)
    ORDER BY project.id
$$;
"""
FIELDS = (
    "region", "top", "year", "department", "section", "attribute", "is_archived", "amount", "period_amount",
    "is_unlisted", "indicators", "period_indicators", "sources", "annual_money", "period_money", "classes", "class_numbers",
)  # fmt: skip
STORED, NEW = (", ".join(f"{side}.{field}" for field in FIELDS) for side in ("stored", "EXCLUDED"))
# The project's row is locked first: of two that change different parts at once, the later one sees what the other wrote.
# While tables fill up, the planner still calls them empty and would read them whole for every project.
WRITE = f"""
CREATE FUNCTION indicators_write_tallies(numbers bigint[]) RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM 1 FROM projects_project WHERE id = ANY(numbers) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO projects_projecttally AS stored (project_id, {", ".join(FIELDS)})
    SELECT project_id, {", ".join(FIELDS)} FROM indicators_tallies(numbers)
    ON CONFLICT (project_id) DO UPDATE SET {", ".join(f"{field} = EXCLUDED.{field}" for field in FIELDS)}
    WHERE ({STORED}) IS DISTINCT FROM ({NEW});
END $$;
"""
# Who writes all parts of many projects one after the other (`projects.texts.written_once`) lets them be counted at the end.
FUNCTION = """
CREATE FUNCTION indicators_tallies_of_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    numbers bigint[];
BEGIN
    IF current_setting('perfgoals.texts', true) = 'later' THEN
        RETURN NULL;
    END IF;
    numbers := array(SELECT DISTINCT {number} FROM {rows} ORDER BY 1);
    IF cardinality(numbers) > 0 THEN
        PERFORM indicators_write_tallies(numbers);
    END IF;
    RETURN NULL;
END $$;
"""


def _differ(*fields):
    now, before = (", ".join(f"{side}.{field}" for field in fields) for side in ("now", "before"))
    return f"({now}) IS DISTINCT FROM ({before})"


PROJECT = _differ(
    "region_id", "year", "department_id", "section", "attribute", "amount", "period_amount", "archived_at IS NULL"
).replace("now.archived_at IS NULL", "(now.archived_at IS NULL)").replace("before.archived_at IS NULL", "(before.archived_at IS NULL)")  # fmt: skip
# A part may be taken from one project and given to another.
PARTS = (
    "(SELECT now.project_id, before.project_id AS other FROM written now JOIN former before USING (id) WHERE {differ}) part"
    " CROSS JOIN LATERAL (VALUES (part.project_id), (part.other)) AS whose (project)"
)
# By what happened: which projects are counted anew. What a statement only touched is left alone.
HAPPENINGS = {
    "projects": ("id", "written"),
    "changed_projects": ("now.id", f"written now JOIN former before USING (id) WHERE {PROJECT}"),
    "parts": ("project_id", "written"),
    "changed_money": ("whose.project", PARTS.format(differ=_differ("project_id", "scope", "source_id", "amount"))),
    "changed_indicators": ("whose.project", PARTS.format(differ=_differ("project_id", "scope", "category_id"))),
    "regions": (
        "project.id",
        "written now JOIN former before USING (code) JOIN projects_region below ON now.code IN (below.code, below.parent_id)"
        f" JOIN projects_project project ON project.region_id = below.code WHERE {_differ('parent_id')}",
    ),
}
CHANGED = "OLD TABLE AS former NEW TABLE AS written"
TRIGGERS = [
    ("projects_project", "insert", "NEW TABLE AS written", "projects"),
    ("projects_project", "update", CHANGED, "changed_projects"),
    ("projects_funding", "update", CHANGED, "changed_money"),
    ("indicators_indicator", "update", CHANGED, "changed_indicators"),
    ("projects_region", "update", CHANGED, "regions"),
    *(
        (table, operation, f"{rows} TABLE AS written", "parts")
        for table in ("projects_funding", "indicators_indicator")
        for operation, rows in (("insert", "NEW"), ("delete", "OLD"))
    ),
]
PIECE = 20_000


def _trigger(table, operation, rows, name):
    return migrations.RunSQL(
        f"CREATE TRIGGER tallies_after_{operation} AFTER {operation.upper()} ON {table}"
        f" REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION indicators_tallies_of_{name}();",
        f"DROP TRIGGER tallies_after_{operation} ON {table};",
    )


def count(apps, schema_editor):
    """All stored projects, a piece at a time, and then all totals at once."""
    projects = apps.get_model("projects", "Project").objects.order_by("pk").values_list("pk", flat=True)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('perfgoals.rollups', 'later', true)")
        after = 0
        while numbers := list(projects.filter(pk__gt=after)[:PIECE]):
            cursor.execute("SELECT indicators_write_tallies(%s)", [numbers])
            after = numbers[-1]
        cursor.execute("SELECT projects_make_rollups(), set_config('perfgoals.rollups', '', true)")


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0011_project_texts_filled"),
        ("projects", "0010_rollups"),
    ]

    operations = [
        migrations.RunSQL(MADE, "DROP FUNCTION indicators_tallies(bigint[]);"),
        migrations.RunSQL(WRITE, "DROP FUNCTION indicators_write_tallies(bigint[]);"),
        *(
            migrations.RunSQL(
                FUNCTION.format(name=name, number=number, rows=rows), f"DROP FUNCTION indicators_tallies_of_{name}();"
            )
            for name, (number, rows) in HAPPENINGS.items()
        ),
        *(_trigger(*each) for each in TRIGGERS),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
