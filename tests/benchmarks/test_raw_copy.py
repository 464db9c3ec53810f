"""The floor of storing: every row is taken out and put back as it was."""

from pathlib import Path

import pytest
from django.db import connection

from benchmarks.raw_copy import put_back, take_out
from imports.actions import Options, import_file
from imports.models import SourceRecord
from projects.models import Project, ProjectEvent
from tests.imports.texts import form

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_rows_with_their_history_come_back(tmp_path: Path) -> None:
    import_file(form().encode(), name="forms.txt", options=Options(), by=None)
    models = (Project, ProjectEvent, SourceRecord)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    taken = take_out(tmp_path)
    assert not Project.objects.exists()
    assert put_back(taken) > sum(map(len, before))
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
