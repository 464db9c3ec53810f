"""Two people who edit projects with the same text at the same moment."""

import threading

import pytest
from django.db import connection

from indicators.models import ProjectFinding
from perfgoals.history import change
from projects.access import lock_editable
from projects.models import Project
from projects.permissions import FINANCE
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]
SAME = "改造县城老旧供水管网三十公里，解决两万名居民用水不稳的问题。"


def test_neighbours_that_are_edited_at_once_both_are_saved_and_checked() -> None:
    by = factories.user(FINANCE, factories.city())
    with change(by=by, action="create"):
        projects = [factories.project(name, overview=SAME) for name in ("东区供水", "西区供水")]
    met, failed = threading.Barrier(2, timeout=20), []

    def edit(project: Project) -> None:
        try:
            with change(by=by, action="edit"):
                locked = lock_editable(by, Project.objects.filter(pk=project.pk)).get()
                met.wait()  # both hold their own project by now
                Project.objects.filter(pk=locked.pk).update(overview=f"{SAME}{SAME}")
        except Exception as error:  # told by the test's own thread
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=[project]) for project in projects]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert Project.objects.filter(overview=f"{SAME}{SAME}").count() == 2
    shared = ProjectFinding.objects.filter(rule="neighbours.shared-text").values_list("project_id", flat=True)
    assert set(shared) == {project.pk for project in projects}
