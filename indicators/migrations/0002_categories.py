"""The classes of the two standard indicator trees (财预〔2015〕88号 and 财预〔2021〕101号)."""

from django.db import migrations

LEVEL1 = [("output", "产出指标"), ("benefit", "效益指标"), ("satisfaction", "满意度指标"), ("cost", "成本指标")]
LEVEL2 = [
    ("output.quantity", "数量指标"),
    ("output.quality", "质量指标"),
    ("output.timeliness", "时效指标"),
    ("output.cost", "成本指标"),
    ("output.other", "其他产出指标"),
    ("benefit.economic", "经济效益指标"),
    ("benefit.social", "社会效益指标"),
    ("benefit.ecological", "生态效益指标"),
    ("benefit.sustained", "可持续影响指标"),
    ("benefit.other", "其他效益指标"),
    ("satisfaction.served", "服务对象满意度指标"),
    ("satisfaction.other", "其他满意度指标"),
    ("cost.economic", "经济成本指标"),
    ("cost.social", "社会成本指标"),
    ("cost.environmental", "生态环境成本指标"),
    ("cost.other", "其他成本指标"),
]


def add(apps, schema_editor):
    Category = apps.get_model("indicators", "Category")
    for position, (code, name) in enumerate(LEVEL1, start=1):
        Category.objects.create(code=code, name=name, level=1, position=position * 100)
    for position, (code, name) in enumerate(LEVEL2, start=1):
        parent = code.partition(".")[0]
        above = [code for code, _ in LEVEL1].index(parent) + 1
        Category.objects.create(code=code, name=name, level=2, parent_id=parent, position=above * 100 + position)


def remove(apps, schema_editor):
    Category = apps.get_model("indicators", "Category")
    Category.objects.filter(level=2).delete()
    Category.objects.filter(level=1).delete()


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
