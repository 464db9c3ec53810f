from django.db import migrations, models


class Migration(migrations.Migration):
    """The order of the list of findings, of which a page is a piece."""

    dependencies = [("indicators", "0008_mark_unchecked"), ("projects", "0008_basis_digest")]

    operations = [
        migrations.AddIndex(
            model_name="projectfinding",
            index=models.Index(fields=["severity", "project", "id"], name="finding_in_order"),
        ),
    ]
