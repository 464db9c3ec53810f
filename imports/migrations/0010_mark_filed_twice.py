"""A form that is filed again is a finding of its project, also where nothing else of the project changes."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION imports_mark_filed_twice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO indicators_uncheckedproject (project_id, since)
        SELECT DISTINCT project_id, now() FROM changed WHERE outcome = 'duplicate' ORDER BY 1
        ON CONFLICT (project_id) DO UPDATE SET since = EXCLUDED.since;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER unchecked_after_insert AFTER INSERT ON imports_sourcerecord
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION imports_mark_filed_twice();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0009_source_lines_filled"),
        ("indicators", "0008_mark_unchecked"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION imports_mark_filed_twice();"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER unchecked_after_insert ON imports_sourcerecord;"),
    ]
