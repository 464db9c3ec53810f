"""Which setting is in force at a place: as those say that run the rules."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.models import RuleSetting
from indicators.reviewing.rules.places import PlaceForm
from indicators.reviewing.settings_in_force import InForce, setting_of
from projects.models import Region
from tests import factories

RULE = "money.period-below-annual"
PLACES = list(product([None, "140000", "140400", "140404"], [None, 2024, 2025]))


@pytest.mark.django_db
@given(st.sets(st.sampled_from(PLACES)), st.sampled_from(["140404", "140400"]), st.sampled_from([2023, 2024, 2025]))
def test_the_page_and_the_rules_agree(stated: set[tuple[str | None, int | None]], region: str, year: int) -> None:
    factories.county()
    Region.objects.update_or_create(code="140000", defaults={"name": "山西省", "short_name": "山西省"})
    Region.objects.filter(code="140400").update(parent="140000")
    RuleSetting.objects.all().delete()
    for number, (code, when) in enumerate(sorted(stated, key=str)):
        RuleSetting.objects.create(rule=RULE, region_id=code, year=when, thresholds={"lowest": str(number)})
    shown = PlaceForm({"region": region, "year": str(year)}).place().in_force(list(RuleSetting.objects.all()))
    ran = InForce().of(region, year).by_rule.get(RULE)
    assert ran == (setting_of(shown) if shown else None)
