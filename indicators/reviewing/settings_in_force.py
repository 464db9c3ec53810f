"""How the rules are set for a region and a year, of all that administrators set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from indicators.checks.running import Setting, Settings
from indicators.checks.severity import Severity
from indicators.models import RuleSetting
from projects.models import Region


class InForce:
    """Settings by region and year; asks the database twice, whatever is asked of it afterwards.

    ``instead`` are settings to reckon with in place of what is stored for the same rule, region and year: what a
    change would do, before it is saved; ``without`` are those to reckon as taken back.
    """

    def __init__(self, instead: Iterable[RuleSetting] = (), without: Iterable[RuleSetting] = ()) -> None:
        gone = {_place(setting) for setting in without}
        stored = {_place(setting): setting for setting in RuleSetting.objects.all() if _place(setting) not in gone}
        self._settings = {**stored, **{_place(setting): setting for setting in instead}}
        self._rules = {rule for rule, _, _ in self._settings}
        self._above = dict(Region.objects.values_list("code", "parent")) if self._settings else {}
        self._known: dict[tuple[str, int], Settings] = {}

    def of(self, region: str, year: int) -> Settings:
        """The settings of a region and year: the nearest one of each rule."""
        if (region, year) not in self._known:
            found = {rule: setting for rule in self._rules if (setting := self._nearest(rule, region, year))}
            self._known[region, year] = Settings({rule: setting_of(one) for rule, one in found.items()})
        return self._known[region, year]

    def _nearest(self, rule: str, region: str, year: int) -> RuleSetting | None:
        places = ((rule, at, when) for at in self._upwards(region) for when in (year, None))
        return next((self._settings[place] for place in places if place in self._settings), None)

    def _upwards(self, region: str) -> Iterator[str | None]:
        at: str | None = region
        while at is not None:
            yield at
            at = self._above.get(at)
        yield None


def setting_of(stored: RuleSetting) -> Setting:
    """A stored setting as the rules take it."""
    severity = None if stored.severity is None else Severity(stored.severity)
    thresholds = {name: Decimal(figure) for name, figure in stored.thresholds.items()}
    return Setting(stored.is_on, severity, thresholds)


def _place(setting: RuleSetting) -> tuple[str, str | None, int | None]:
    return setting.rule, setting.region_id, setting.year
