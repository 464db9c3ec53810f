"""Selects and boxes as they are drawn, beside what Django's own widgets draw."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.http import QueryDict

from perfgoals.templatetags.choices import boxes, select

HOSTILE = '"><script>x</script>&amp;'
CHOICES = [("", "全部"), ("a", HOSTILE), (HOSTILE, "乙"), ("3", "丙")]
TICKS = [("a", HOSTILE), (HOSTILE, "乙"), ("3", "丙")]


class Choosing(forms.Form):
    one = forms.ChoiceField(choices=CHOICES, required=False)
    must = forms.ChoiceField(choices=CHOICES)
    many = forms.MultipleChoiceField(choices=TICKS, required=False, widget=forms.CheckboxSelectMultiple)


class Parts(HTMLParser):
    """What stands in a piece of markup: its elements with what they say of themselves, and its texts."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, frozenset[tuple[str, str | None]]]] = []
        self.texts: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"label", "span", "div"}:
            self.elements.append((tag, frozenset(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts += [data.strip()] if data.strip() else []


ASKED = ["", "one=3&many=3", "one=a&many=a&many=3&must=a", "one=x&many=y", f"many={HOSTILE}".replace("&", "%26")]


@pytest.mark.parametrize("asked", ASKED)
def test_they_are_those_of_django(asked: str) -> None:
    form = Choosing(QueryDict(asked))
    for drawn, usual in (
        (select(form["one"]), form["one"]), (select(form["must"]), form["must"]), (boxes(form["many"]), form["many"]),
    ):  # fmt: skip
        ours, theirs = Parts(str(drawn)), Parts(str(usual))
        assert (ours.elements, ours.texts) == (theirs.elements, theirs.texts)


def test_a_form_that_nobody_sent_draws_its_first_values() -> None:
    form = Choosing(initial={"one": "3", "many": ["a"]})
    assert Parts(str(select(form["one"]))).elements == Parts(str(form["one"])).elements
    assert Parts(str(boxes(form["many"]))).elements == Parts(str(form["many"])).elements


def test_no_choices_are_nothing() -> None:
    field = Choosing(QueryDict())["many"]
    field.field.choices = []
    assert boxes(field) == ""
