"""What the queue does for the review."""

import pytest

from indicators.models import ProjectFinding, UncheckedProject
from indicators.tasks import do_check_pending
from tests import factories

pytestmark = pytest.mark.django_db


def test_what_was_written_past_the_site_is_checked_in_time() -> None:
    project = factories.project(amount="2", period_amount="1")
    assert UncheckedProject.objects.filter(project=project).exists()
    do_check_pending()
    assert not UncheckedProject.objects.exists()
    assert ProjectFinding.objects.filter(project=project, rule="money.period-below-annual").exists()
