"""Passwords that an administrator knows must be changed at the next log-in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("perfgoals", "0002_history_sequence")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="must_change_password",
            field=models.BooleanField(db_default=False, default=False, verbose_name="须修改密码"),
        ),
    ]
