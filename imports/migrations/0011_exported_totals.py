"""Totals that nobody should wait for are made as files."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0010_mark_filed_twice'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='export',
            name='export_kind_known',
        ),
        migrations.AlterField(
            model_name='export',
            name='kind',
            field=models.CharField(choices=[('xlsx', 'Excel 表格'), ('csv', 'CSV 表格'), ('json', '交换文件'), ('forms', '项目支出绩效目标表'), ('list', '重点项目一览表'), ('totals', '汇总表')], max_length=6, verbose_name='格式'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['xlsx', 'csv', 'json', 'forms', 'list', 'totals'])), name='export_kind_known'),
        ),
    ]
