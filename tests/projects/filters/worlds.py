"""Random projects, and what each filter means told in plain Python: what the database finds is held against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from django.http import QueryDict

from indicators.models import Category
from perfgoals.money import UNITS
from projects.filters.bounds import read_amount, read_bound
from projects.filters.words import fold, has_word
from projects.funding_sources import SOURCES
from projects.models import Project
from tests import factories

SIGNS = "甲乙丙 %_（(PpＰ1１〔["
OPERATORS = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "eq": "=", "none": None}
CLASSES = ("output.quantity", "output.quality", "benefit.social", "satisfaction.served")


@dataclass(frozen=True)
class One:
    """A project with all that belongs to it."""

    project: Project
    funding: dict[str, Decimal | None]
    goals: list[str]
    indicators: list[Any]


def random_text(random: Random, longest: int = 6) -> str:
    return "".join(random.choices(SIGNS, k=random.randint(1, longest)))


def populate(random: Random, number: int = 25) -> list[One]:
    """Projects in two regions and three departments, with money, texts and indicators by chance."""
    departments = [factories.department(name) for name in ("甲局", "乙局")]
    return [_populate_one(random, f"{at}{random_text(random)}", departments) for at in range(number)]


def _populate_one(random: Random, name: str, departments: list[Any]) -> One:
    money = {code: random.choice([None, "0", "3", "20000"]) for code in SOURCES if random.random() < 0.3}
    project = factories.project(
        name, region=random.choice([factories.city(), factories.county()]), year=random.choice([2024, 2025]),
        department=random.choice([*departments, None]), section=random.choice(["", "预算科", "农业科"]),
        implementing_unit=random.choice([None, "", random_text(random)]), sources=money,
        attribute=random.choice([None, "", "一次性项目（1年）", "经常性项目", "新增项目"]),
        amount=random.choice([None, "0", "3", "20000", "123456.78"]), overview=random_text(random),
    )  # fmt: skip
    project.refresh_from_db()
    goals = [random_text(random)] if random.random() < 0.5 else []
    for text in goals:
        factories.goal(project, text)
    indicators = [_indicator(random, project) for _ in range(random.randint(0, 3))]
    funding = {code: None if amount is None else Decimal(amount) for code, amount in money.items()}
    return One(project, funding, goals, indicators)


def _indicator(random: Random, project: Project) -> Any:
    made = factories.indicator(project, random_text(random), random_text(random), category=random.choice(CLASSES))
    if random.random() < 0.7:
        made.number = Decimal(random.choice(["80", "89.5", "90", "95"]))
        made.unit = random.choice([None, "%", "百分比", "户"])
        made.operator = random.choice(list(OPERATORS.values()))
        made.save()
    return made


def found_plainly(world: list[One], query: QueryDict) -> set[int]:
    """The projects that the query asks for, without the database."""
    return {one.project.pk for one in world if _is_found(one, query)}


def _is_found(one: One, query: QueryDict) -> bool:
    of_project = all(test(one, query) for name, test in TESTS.items() if query.getlist(name))
    conditions = [test for name, test in OF_INDICATOR.items() if query.getlist(name)]
    return of_project and (
        not conditions or any(all(test(indicator, query) for test in conditions) for indicator in one.indicators)
    )


def _holds(text: str | None, word: str) -> bool:
    return text is not None and fold(word) in fold(text)


def _words(one: One, query: QueryDict) -> bool:
    project = one.project
    texts = [
        project.name_key, project.department_printed, project.department and project.department.name,
        project.implementing_unit, project.overview, *one.goals,
        *(text for indicator in one.indicators for text in (indicator.name, indicator.value)),
    ]  # fmt: skip
    return all(any(text is not None and has_word(text, word) for text in texts) for word in query["q"].split())


def _gives(one: One, code: str) -> bool:
    if code == "none":
        explained = sum((amount or Decimal(0) for amount in one.funding.values()), Decimal(0))
        return (one.project.amount or Decimal(0)) != explained
    return (one.funding.get(code) or 0) > 0


def _amount(one: One, query: QueryDict) -> bool:
    amount, unit = one.project.amount, query.get("unit", "万元")
    assert unit in UNITS
    lower, upper = (read_amount(query[name], unit) if name in query else None for name in ("min", "max"))
    return amount is not None and (lower is None or amount >= lower) and (upper is None or amount <= upper)


def _region(one: One, query: QueryDict) -> bool:
    region = one.project.region
    return query["region"] == region.code or (not query.get("own") and query["region"] == region.parent_id)


def _attribute(one: One, query: QueryDict) -> bool:
    printed = one.project.attribute or ""
    known = ("一次性", "延续性", "经常性")
    plain = {"none": printed == "", "other": printed != "" and not printed.startswith(known)}
    return plain.get(query["attribute"], printed.startswith(query["attribute"]))


TESTS: dict[str, Callable[[One, QueryDict], bool]] = {
    "region": _region,
    "year": lambda one, query: str(one.project.year) == query["year"],
    "department": lambda one, query: str(one.project.department_id or "none") in query.getlist("department"),
    "section": lambda one, query: (one.project.section or "none") in query.getlist("section"),
    "unit_text": lambda one, query: _holds(one.project.implementing_unit, query["unit_text"].strip()),
    "source": lambda one, query: all(_gives(one, code) for code in query.getlist("source")),
    "attribute": _attribute,
    "min": _amount,
    "max": _amount,
    "indicators": lambda one, query: bool(one.indicators) == (query["indicators"] == "yes"),
    "q": _words,
}


def _number(indicator: Any, query: QueryDict) -> bool:
    lower, upper = (
        query.get(name) and read_bound(query[name], is_upper=name == "number_max")
        for name in ("number_min", "number_max")
    )
    number, units = indicator.number, (upper and upper.units) or (lower and lower.units)
    return (
        number is not None
        and (not lower or number > lower.number or (number == lower.number and not lower.is_strict))
        and (not upper or number < upper.number or (number == upper.number and not upper.is_strict))
        and (not units or indicator.unit in units)
    )


def _category(indicator: Any, query: QueryDict) -> bool:
    category = Category.objects.get(pk=indicator.category_id)
    return bool({category.code, category.parent_id} & set(query.getlist("category")))


def _operator(indicator: Any, query: QueryDict) -> bool:
    asked = [OPERATORS[code] for code in query.getlist("operator")]
    return indicator.number is not None and indicator.operator in asked


OF_INDICATOR: dict[str, Callable[[Any, QueryDict], bool]] = {
    "category": _category,
    "indicator": lambda indicator, query: _holds(indicator.name, query["indicator"].strip()),
    "operator": _operator,
    "kind": lambda indicator, query: (indicator.number is None) == (query["kind"] == "qualitative"),
    "number_min": _number,
    "number_max": _number,
}
