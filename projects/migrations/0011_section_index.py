"""Which sections there are is asked for with every page of the list: their names are stepped through in an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0010_rollups")]

    operations = [
        migrations.AddIndex(model_name="project", index=models.Index(fields=["section"], name="project_section")),
    ]
