"""Accounts and roles that were there before their history began: what stands is their first event."""

from django.db import migrations

BOOKKEEPING = {"pgh_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_obj"}


def begin(apps, schema_editor):
    for name in ("User", "Role"):
        table = apps.get_model("perfgoals", name)._meta.db_table
        event = apps.get_model("perfgoals", f"{name}Event")._meta
        columns = ", ".join(f'"{field.column}"' for field in event.fields if field.name not in BOOKKEEPING)
        schema_editor.execute(
            f'INSERT INTO "{event.db_table}" (pgh_created_at, pgh_label, pgh_obj_id, {columns}) '
            f'SELECT now(), \'insert\', id, {columns} FROM "{table}" ORDER BY id'
        )


class Migration(migrations.Migration):
    dependencies = [("perfgoals", "0004_account_history")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
