import django.contrib.postgres.fields
from django.db import migrations, models

# Compressed values are read whole for the least part of them. Values that are stored already are written anew.
UNCOMPRESSED = """
ALTER TABLE imports_sourcecontent ALTER COLUMN data SET STORAGE EXTERNAL;
UPDATE imports_sourcecontent SET data = data || ''::bytea WHERE pg_column_compression(data) IS NOT NULL;
"""
COMPRESSED = "ALTER TABLE imports_sourcecontent ALTER COLUMN data SET STORAGE EXTENDED"


class Migration(migrations.Migration):
    dependencies = [("imports", "0007_gazettes")]

    operations = [
        migrations.AddField(
            model_name="sourcecontent",
            name="marks",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), editable=False, null=True, size=None, verbose_name="行标"
            ),
        ),
        migrations.AddField(
            model_name="sourcecontent",
            name="line_count",
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name="文本行数"),
        ),
        migrations.RunSQL(UNCOMPRESSED, COMPRESSED),
    ]
