"""Every stored project's text for searches, a piece at a time: the index takes the pieces as they come."""

from django.db import migrations

PIECE = 5_000


def write(apps, schema_editor):
    projects = apps.get_model("projects", "Project").objects
    with schema_editor.connection.cursor() as cursor:
        after = 0
        while numbers := list(projects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:PIECE]):
            cursor.execute("SELECT indicators_write_texts(%s)", [numbers])
            after = numbers[-1]


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0010_project_texts"),
    ]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
