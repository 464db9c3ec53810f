"""What the harness would say if something were wrong."""

from __future__ import annotations

import pytest

from imports.actions import Options, import_file
from projects.models import Project, ProjectText
from tests.faults import checking
from tests.faults.acting import file_of

pytestmark = pytest.mark.django_db


def test_what_is_wrong_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    import_file(file_of("甲"), name="甲.txt", options=Options(), by=None)
    checking.check_all()
    first, second, *_ = Project.objects.order_by("pk")
    ProjectText.objects.filter(project=second).update(text="别的")
    with pytest.raises(checking.WrongError, match="texts of 1"):
        checking.check_texts()
    Project.objects.filter(pk=first.pk).update(name="改名")
    with pytest.raises(checking.WrongError, match="5 of 6 projects"):
        checking.check_file("甲", done=True)
    monkeypatch.setattr(checking, "state_at", lambda *_: None)
    with pytest.raises(checking.WrongError, match="history"):
        checking.check_history([first.pk])
