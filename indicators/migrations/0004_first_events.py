"""Goals and indicators that were stored before history began: what stands is their first event."""

from django.db import migrations

BOOKKEEPING = {"pgh_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_obj"}


def begin(apps, schema_editor):
    for name in ("Goal", "Indicator"):
        table = apps.get_model("indicators", name)._meta.db_table
        event = apps.get_model("indicators", f"{name}Event")._meta
        columns = ", ".join(f'"{field.column}"' for field in event.fields if field.name not in BOOKKEEPING)
        schema_editor.execute(
            f'INSERT INTO "{event.db_table}" (pgh_created_at, pgh_label, pgh_obj_id, {columns}) '
            f'SELECT now(), \'insert\', id, {columns} FROM "{table}" ORDER BY id'
        )


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_history_and_drafts")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
