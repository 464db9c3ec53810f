"""The pages that are measured are pages."""

from django.test import Client

from benchmarks.pages import addresses, usual_place
from imports.models import ImportRun
from projects.models import Project


def test_every_measured_address_answers(imported: ImportRun, auditor: Client) -> None:
    place = usual_place()
    assert Project.objects.get(pk=place.project).department_id == place.department
    for page, address in addresses(place).items():
        assert auditor.get(address).status_code == 200, page
