"""The history's pages find a person's or an action's contexts by index. The table is another package's: hence SQL."""

from django.db import migrations

INDEX = """
CREATE INDEX history_context_{key} ON pghistory_context ((metadata -> '{key}'), created_at)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0004_first_events"),
        ("perfgoals", "0002_history_sequence"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(INDEX.format(key=key), f"DROP INDEX history_context_{key}") for key in ("user", "action")
    ]
