"""Triggers that keep each project's text for searches (`projects_projecttext`), whoever writes; all that are stored get one."""

from django.db import migrations

# The project's row is locked first: of two that change different parts at once, the later one sees what the other wrote.
# While tables fill up, the planner still calls them empty and would read them whole for every project.
WRITE = r"""
CREATE FUNCTION indicators_write_texts(numbers bigint[]) RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM 1 FROM projects_project WHERE id = ANY(numbers) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO projects_projecttext AS stored (project_id, text)
    SELECT project.id, projects_fold(concat_ws(
        E'\x01', project.name, project.department_printed, department.name, project.implementing_unit, project.basis,
        project.content, project.overview, project.necessity, project.safeguards, project.plan,
        (
            SELECT string_agg(goal.text, E'\x01' ORDER BY goal.scope)
            FROM indicators_goal goal WHERE goal.project_id = project.id
        ),
        (
            SELECT string_agg(concat_ws(E'\x01', row.name, row.value), E'\x01' ORDER BY row.position, row.scope)
            FROM indicators_indicator row WHERE row.project_id = project.id
        )
    ))
    FROM projects_project project
    LEFT JOIN projects_department department ON department.id = project.department_id
    WHERE project.id = ANY(numbers)
    ORDER BY project.id
    ON CONFLICT (project_id) DO UPDATE SET text = EXCLUDED.text WHERE stored.text <> EXCLUDED.text;
END $$;
"""
# Who writes all parts of many projects one after the other (`projects.texts.written_once`) lets them be written at the end.
LATER = "current_setting('perfgoals.texts', true) = 'later'"
FUNCTION = """
CREATE FUNCTION indicators_texts_of_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {later} THEN
        RETURN NULL;
    END IF;
    PERFORM indicators_write_texts(array(SELECT DISTINCT {number} FROM {rows} ORDER BY 1));
    RETURN NULL;
END $$;
"""
FIELDS = (
    "name", "department_id", "department_printed", "implementing_unit", "basis", "content", "overview", "necessity",
    "safeguards", "plan",
)  # fmt: skip
SEARCHED = {side: ", ".join(f"{side}.{field}" for field in FIELDS) for side in ("now", "before")}
# By what happened: which projects' texts are made anew. What a statement only touched is left alone.
HAPPENINGS = {
    "projects": ("id", "written"),
    "changed_projects": (
        "now.id", f"written now JOIN former before USING (id) WHERE ({SEARCHED['now']}) IS DISTINCT FROM ({SEARCHED['before']})",
    ),
    "parts": ("project_id", "written"),
    "departments": (
        "project.id",
        "written now JOIN former before USING (id) JOIN projects_project project ON project.department_id = now.id"
        " WHERE now.name <> before.name",
    ),
}  # fmt: skip
TRIGGERS = [
    ("projects_project", "insert", "NEW TABLE AS written", "projects"),
    ("projects_project", "update", "OLD TABLE AS former NEW TABLE AS written", "changed_projects"),
    ("projects_department", "update", "OLD TABLE AS former NEW TABLE AS written", "departments"),
    *(
        (table, operation, f"{'OLD' if operation == 'delete' else 'NEW'} TABLE AS written", "parts")
        for table in ("indicators_goal", "indicators_indicator")
        for operation in ("insert", "update", "delete")
    ),
]


def _trigger(table, operation, rows, name):
    return migrations.RunSQL(
        f"CREATE TRIGGER texts_after_{operation} AFTER {operation.upper()} ON {table}"
        f" REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION indicators_texts_of_{name}();",
        f"DROP TRIGGER texts_after_{operation} ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0009_finding_order"),
        ("projects", "0009_project_text"),
    ]

    operations = [
        migrations.RunSQL(WRITE, "DROP FUNCTION indicators_write_texts(bigint[]);"),
        *(
            migrations.RunSQL(
                FUNCTION.format(name=name, later=LATER, number=number, rows=rows),
                f"DROP FUNCTION indicators_texts_of_{name}();",
            )
            for name, (number, rows) in HAPPENINGS.items()
        ),
        *(_trigger(*each) for each in TRIGGERS),
    ]
