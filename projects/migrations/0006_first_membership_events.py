"""Memberships that were there before their history began: what stands is their first event."""

from django.db import migrations

BOOKKEEPING = {"pgh_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_obj"}


def begin(apps, schema_editor):
    for name in ("Membership",):
        table = apps.get_model("projects", name)._meta.db_table
        event = apps.get_model("projects", f"{name}Event")._meta
        columns = ", ".join(f'"{field.column}"' for field in event.fields if field.name not in BOOKKEEPING)
        schema_editor.execute(
            f'INSERT INTO "{event.db_table}" (pgh_created_at, pgh_label, pgh_obj_id, {columns}) '
            f'SELECT now(), \'insert\', id, {columns} FROM "{table}" ORDER BY id'
        )


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_membership_history")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
