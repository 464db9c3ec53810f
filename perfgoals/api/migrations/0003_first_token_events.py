"""Tokens that were there before their history began: what stands is their first event."""

from django.db import migrations

BOOKKEEPING = {"pgh_id", "pgh_created_at", "pgh_label", "pgh_context"}


def begin(apps, schema_editor):
    table = apps.get_model("api", "ApiToken")._meta.db_table
    event = apps.get_model("api", "ApiTokenEvent")._meta
    columns = ", ".join(f'"{field.column}"' for field in event.fields if field.name not in BOOKKEEPING)
    schema_editor.execute(
        f'INSERT INTO "{event.db_table}" (pgh_created_at, pgh_label, {columns}) '
        f'SELECT now(), \'insert\', {columns} FROM "{table}" ORDER BY created'
    )


class Migration(migrations.Migration):
    dependencies = [("api", "0002_token_history")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
