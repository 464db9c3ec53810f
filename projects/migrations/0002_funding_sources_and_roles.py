"""The five funding sources of the official form, and the roles as groups."""

from django.db import migrations

FUNDING_SOURCES = [
    ("central", "中央财政资金"),
    ("provincial", "省级财政资金"),
    ("local", "市县（区）财政资金"),
    ("self_raised", "单位自筹"),
    ("other", "其他资金"),
]
ROLES = ["财政", "部门", "审计", "管理员"]


def add(apps, schema_editor):
    FundingSource = apps.get_model("projects", "FundingSource")
    for position, (code, name) in enumerate(FUNDING_SOURCES, start=1):
        FundingSource.objects.create(code=code, name=name, position=position)
    Group = apps.get_model("auth", "Group")
    for name in ROLES:
        Group.objects.get_or_create(name=name)


def remove(apps, schema_editor):
    apps.get_model("projects", "FundingSource").objects.filter(code__in=[code for code, _ in FUNDING_SOURCES]).delete()
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(add, remove)]
