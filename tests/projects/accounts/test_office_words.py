"""Words of the office do not make a password."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from projects.accounts.office_words import NAMES, WORDS, NotOfTheOffice, readings, words_of_the_office
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county() -> None:
    factories.county()


def is_taken(word: str) -> bool:
    try:
        NotOfTheOffice().validate(word)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "word",
    [
        "财政预算2025!", "caizheng2025", "CaiZheng@2026", "c-a-i-z-h-e-n-g-8", "ｊｉｘｉａｏ２０２５", "jixiaomubiao", "perfgoals123",
        "上党财政局2025", "shangdang888", "changzhi@123", "Changzhi-Caizheng", "admin!20250101", "czj12345678",
    ],
)  # fmt: skip
def test_such_words_with_digits_and_signs_are_refused(word: str) -> None:
    assert not is_taken(word)


@pytest.mark.parametrize(
    "word",
    ["correct horse caizheng", "财政之外还有山川湖海", "tianxiawushuang9", "right-horse", "849302175566018", "shangdang-kite-owl"],
)  # fmt: skip
def test_words_besides_make_one(word: str) -> None:
    assert is_taken(word)


def test_regions_that_are_not_on_record_are_no_words_of_this_office() -> None:
    assert is_taken("taiyuan2025")
    factories.region("140100", "太原市", "太原市", None)
    assert not is_taken("taiyuan2025")


def test_the_word_is_named() -> None:
    with pytest.raises(ValidationError, match="密码里主要是“caizheng”这类本单位的词"):
        NotOfTheOffice().validate("caizheng2025")


def test_every_reading_of_a_character_counts() -> None:
    assert {"changzhi", "zhangzhi"} <= set(readings("长治"))


def test_a_whole_country_is_looked_up_in_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert len(list(words_of_the_office())) > 2 * len(WORDS)


def test_the_list_is_documented() -> None:
    text = Path(settings.BASE_DIR, "docs", "security.md").read_text(encoding="utf-8")
    told = re.search(r"Words of the office.*?\n\n", text, re.DOTALL)
    assert told
    assert [word for word in (*WORDS, *NAMES) if word not in told[0]] == []
