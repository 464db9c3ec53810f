import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STATES = [("waiting", "等待处理"), ("running", "正在处理"), ("done", "已完成"), ("failed", "没有完成")]


def facts():
    return [
        ("state", models.CharField(choices=STATES, default="waiting", max_length=7, verbose_name="状态")),
        ("stage", models.CharField(blank=True, max_length=20, verbose_name="步骤")),
        ("done", models.PositiveBigIntegerField(default=0, verbose_name="已完成")),
        ("total", models.PositiveBigIntegerField(default=0, verbose_name="共")),
        ("problem", models.TextField(blank=True, verbose_name="未完成的原因")),
        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="开始时间")),
        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
        ("size", models.PositiveBigIntegerField(default=0, verbose_name="字节数")),
        ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
        ("batch", models.UUIDField(db_index=True, default=uuid.uuid4, verbose_name="批次")),
        (
            "step",
            models.CharField(
                choices=[("check", "预检"), ("import", "入库")], default="check", max_length=6, verbose_name="工作"
            ),
        ),
        ("before", models.JSONField(default=dict, verbose_name="上次预检的计数")),
        ("shown", models.CharField(blank=True, max_length=64, verbose_name="已确认的预检")),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0003_exports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UploadPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="序号")),
                ("data", models.BinaryField(verbose_name="内容")),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="imports.upload",
                        verbose_name="上传文件",
                    ),
                ),
            ],
            options={
                "verbose_name": "上传内容",
                "verbose_name_plural": "上传内容",
                "ordering": ["upload", "number"],
                "constraints": [models.UniqueConstraint(fields=["upload", "number"], name="upload_part_once")],
            },
        ),
        *[migrations.AddField("upload", name, field) for name, field in facts()],
        migrations.AddField(
            "upload",
            "confirmed_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="确认人",
            ),
        ),
        migrations.RenameField("upload", "created_at", "asked_at"),
        migrations.AlterField("upload", "asked_at", models.DateTimeField(auto_now_add=True, verbose_name="提交时间")),
        migrations.AlterModelOptions(
            "upload",
            options={"ordering": ["-asked_at", "-id"], "verbose_name": "上传文件", "verbose_name_plural": "上传文件"},
        ),
        migrations.RemoveConstraint("upload", "upload_has_bytes_until_imported"),
    ]
