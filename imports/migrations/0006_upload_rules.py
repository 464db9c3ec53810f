from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0005_upload_parts_filled")]

    operations = [
        migrations.RemoveField("upload", "data"),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed"]), name="upload_state_known"
            ),
        ),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(
                condition=models.Q(("done__lte", models.F("total")), ("total", 0), _connector="OR"),
                name="upload_done_of_total",
            ),
        ),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(state="failed", _negated=True), models.Q(problem="", _negated=True), _connector="OR"
                ),
                name="upload_says_why",
            ),
        ),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(condition=models.Q(step__in=["check", "import"]), name="upload_step_known"),
        ),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(
                condition=models.Q(("run", None), ("step", "import"), _connector="OR"),
                name="upload_imported_by_importing",
            ),
        ),
    ]
