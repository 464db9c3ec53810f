"""Icons, figures and addresses in templates."""

import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.template import Context, Template

from perfgoals.icons import ICONS
from perfgoals.templatetags.figures import count
from perfgoals.templatetags.frame import column, decimals, figure, icon, signed

WAN = {"unit": "万元"}


def test_decimal_points_of_a_column_stand_below_each_other() -> None:
    amounts = [Decimal("19880424.28"), Decimal(3000000), None]
    places = decimals(WAN, amounts)
    assert [figure(WAN, amount, places) for amount in amounts] == [
        "1,988.042428", '<span class="short-4">300.00</span>', "—",
    ]  # fmt: skip


def test_blank_and_zero_look_different() -> None:
    assert (figure(WAN, None), figure(WAN, Decimal(0))) == ("—", "0.00")


@pytest.mark.parametrize(
    ("amount", "text"), [(Decimal(50000), "+5.00"), (Decimal(-50000), "−5.00"), (Decimal(0), "0.00"), (None, "—")]
)
def test_a_difference_has_its_sign(amount: Decimal | None, text: str) -> None:
    assert signed(WAN, amount) == text


def test_large_counts_have_separators() -> None:
    assert (count(999), count(1_234_567)) == ("999", "1,234,567")


def test_a_column_is_read_by_its_path() -> None:
    assert column([1 + 2j], "real.imag") == [0.0]


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    html = Template('{% load frame %}{% icon "close" %}{% icon "close" "去掉" %}').render(Context())
    assert html.count('aria-hidden="true"') == 1
    assert 'aria-label="去掉"' in html


def test_every_icon_that_a_template_names_is_drawn() -> None:
    templates = [path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "templates").rglob("*.html")]
    named = {name for text in templates for name in re.findall(r'{% icon "([a-z-]+)"', text)}
    assert len(named) > 30
    assert named <= set(ICONS)


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_shapes_alone(name: str) -> None:
    shape = r"<(path|circle|rect) [^<>]+/>"
    assert re.fullmatch(rf"<svg [^<>]+>(({shape})+|<g [^<>]+>({shape})+</g>)</svg>", icon(name))
