"""Triggers that mark a project as unchecked whenever it or a part of it changes; all that are stored begin so."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION indicators_mark_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO indicators_uncheckedproject (project_id, since)
        SELECT DISTINCT {column}, now() FROM changed ORDER BY 1
        ON CONFLICT (project_id) DO UPDATE SET since = EXCLUDED.since;
    RETURN NULL;
END $$;
"""
# A project's own row marks itself; rows of its parts mark the project that they belong to.
COLUMNS = {"project": "id", "part": "project_id"}
TABLES = {
    "projects_project": "project",
    "projects_funding": "part",
    "indicators_goal": "part",
    "indicators_indicator": "part",
}
# Projects are never deleted, and what cascades from one that were would have nothing left to check.
OPERATIONS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}


def _triggers():
    for table, name in TABLES.items():
        for operation, rows in OPERATIONS.items():
            if table == "projects_project" and operation == "delete":
                continue
            yield (
                f"CREATE TRIGGER unchecked_after_{operation} AFTER {operation.upper()} ON {table}"
                f" REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION indicators_mark_{name}();",
                f"DROP TRIGGER unchecked_after_{operation} ON {table};",
            )


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0007_findings"),
        ("projects", "0008_basis_digest"),
    ]

    operations = [
        *(
            migrations.RunSQL(FUNCTION.format(name=name, column=column), f"DROP FUNCTION indicators_mark_{name}();")
            for name, column in COLUMNS.items()
        ),
        *(migrations.RunSQL(forwards, backwards) for forwards, backwards in _triggers()),
        migrations.RunSQL(
            "INSERT INTO indicators_uncheckedproject (project_id, since) SELECT id, now() FROM projects_project"
            " ON CONFLICT DO NOTHING",
            migrations.RunSQL.noop,
        ),
    ]
