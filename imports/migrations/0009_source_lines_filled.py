from django.db import migrations

from imports.line_marks import line_marks

XLSX = "xlsx"


def fill(apps, schema_editor):
    """Mark the lines of texts that are kept already, one text in memory at a time."""
    Content = apps.get_model("imports", "SourceContent")
    unmarked = Content.objects.filter(marks=None).exclude(document__encoding__in=["", XLSX])
    for pk, encoding in list(unmarked.values_list("pk", "document__encoding")):
        marks = line_marks(bytes(Content.objects.get(pk=pk).data), encoding)
        Content.objects.filter(pk=pk).update(marks=marks.starts, line_count=marks.line_count)


class Migration(migrations.Migration):
    dependencies = [("imports", "0008_source_lines")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
