"""What tests of totals share: projects with all kinds of gaps."""

from __future__ import annotations

import pytest

from projects.models import Project
from tests import factories


@pytest.fixture
def mixed(db: None) -> None:
    """Projects of three departments, two regions and two years; some with indicators and sections."""
    city = factories.city()
    education, water = factories.department("教育局"), factories.department("水利局")
    finance = factories.department("市财政局", city)
    make = factories.project
    first = make(
        "校舍", department=education, amount="1000000.01", period_amount="5", sources={"local": "1000000.01"},
        attribute="一次性项目（1年）",
    )  # fmt: skip
    second = make("操场", department=education, amount="300", sources={"local": "100", "central": "200", "other": None})
    make("食堂", department=education, amount="70", sources={"local": "80"}, year=2024)
    make("水渠", department=water, amount="0", sources={"local": "0", "provincial": None})
    make("水库", department=water, amount=None, sources={"central": "33.33"}, attribute="经常性项目")
    make("水泵", department=water)
    make("债券", department=None, amount="12.50", region=city)
    for section in ("预算科", "债务科"):
        make(
            f"市财政局{section}", department=finance, department_printed=f"市财政局（{section}）", section=section,
            amount="9999999999.99", region=city, year=2024,
        )  # fmt: skip
    factories.funding(Project.objects.get(name="校舍"), "local", "5", "period")
    factories.indicator(first, "改造教室", "≥12间")
    factories.indicator(first, "验收合格率", "≥95%", category="output.quality", label="质量指标")
    factories.indicator(first, "新增座位", "≥500个")
    factories.indicator(second, "学生满意度", "≥90%", category="satisfaction.served", label="满意度指标")
