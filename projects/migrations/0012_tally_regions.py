"""Tables of totals of one region read its tallies by an index, and no project."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0011_section_index")]

    operations = [
        migrations.AddIndex(
            model_name="projecttally", index=models.Index(fields=["region", "year"], name="tally_region_year")
        ),
    ]
