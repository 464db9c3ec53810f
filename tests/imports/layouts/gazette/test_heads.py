"""The heads and fronts of official documents."""

from __future__ import annotations

from datetime import date

import pytest

from imports.layouts.gazette.drafts import DocumentDraft
from imports.layouts.gazette.fronts import issued_title
from imports.layouts.gazette.reading import read_gazette
from imports.layouts.gazette.titles import folded, is_organ, is_title, organs_in

HEAD = "丁山市人民政府关于印发丁山市渡口管理办法的通知\n丁政发〔2031〕7号\n"
END = "现印发给你们，请遵照执行。\n丁山市人民政府\n2031年5月6日\n"


def document(text: str) -> DocumentDraft:
    [draft] = [part for part in read_gazette(text.split("\n")) if isinstance(part, DocumentDraft)]
    return draft


@pytest.mark.parametrize(
    "title",
    [
        "# 丁山市人民政府 关于印发丁山市渡口 管理办法的通知",
        "丁山市人民政府\n关于印发丁山市渡口\n管理办法的通知",
        "## 丁山市人民政府\n\n### 关于印发丁山市渡口管理办法的\n\n通知",
        "**丁山市人民政府**\n**关于印发丁山市渡口管理办法的通知**",
        "丁山市人民政府<br>关于印发丁山市渡口管理办法的通知",
    ],
)
def test_a_title_is_whole_however_it_is_wrapped(title: str) -> None:
    draft = document(f"{title}\n丁政发〔2031〕7号\n各有关单位：\n{END}")
    assert (draft.title, draft.issuer) == ("丁山市人民政府关于印发丁山市渡口管理办法的通知", "丁山市人民政府")


@pytest.mark.parametrize(
    "number", ["丁政发[2031]7号", "（丁政发〔2031〕7号）", "丁政发【2031】 7 号", "文号：丁政发〔2031〕7号"]
)
def test_a_number_is_kept_as_printed_and_in_its_standard_form(number: str) -> None:
    draft = document(HEAD.replace("丁政发〔2031〕7号", number) + "各有关单位：\n" + END)
    assert draft.number == "丁政发〔2031〕7号"
    assert draft.number_printed is not None
    assert draft.number_printed in number


@pytest.mark.parametrize(
    ("printed", "addressee"),
    [
        ("各县、区人民政府，市直各有关单位：", "各县、区人民政府，市直各有关单位"),
        ("各县、区人民政府，\n市直各有关单位:", "各县、区人民政府，市直各有关单位"),
        ("各有关单位：为做好管理工作，制定本办法。", "各有关单位"),
        ("渡口由乡镇管理。\n具体如下：", None),
    ],
)
def test_the_addressee_closes_with_a_colon(printed: str, addressee: str | None) -> None:
    assert document(f"{HEAD}{printed}\n{END}").addressee == addressee


@pytest.mark.parametrize(
    "signature",
    [
        "丁山市人民政府\n2031年5月6日",
        "丁山市人民政府  2031年5月6日",
        "丁山市人民政府\n\n二〇三一年五月六日",
        "丁山市人民政府\n2031 年 5 月 6 日",
        "丁山市人民政府2031年5月6日",
    ],
)
def test_signature_and_date_are_read(signature: str) -> None:
    draft = document(
        f"{HEAD}各有关单位：\n现印发给你们。\n{signature}\n（此件公开发布）\n丁山市渡口管理办法\n2031年12月1日起施行。\n"
    )
    assert draft.signed == date(2031, 5, 6)
    assert draft.signed_printed is not None
    assert (draft.public_note, draft.attached_title) == ("此件公开发布", "丁山市渡口管理办法")


def test_several_issuers_are_parted_as_they_signed() -> None:
    text = "丁山市水务局丁山市教育局关于做好巡查工作的通知\n丁水发〔2031〕6号\n各有关单位：\n请巡查。\n丁山市水务局\n丁山市教育局\n2031年5月6日"
    assert document(text).issuer == "丁山市水务局、丁山市教育局"


def test_the_date_of_an_annex_is_not_the_date_of_its_document() -> None:
    text = f"{HEAD}各有关单位：\n{END}附件\n渡口说明\n丁山市水务局\n2031年4月1日\n"
    assert document(text).signed == date(2031, 5, 6)


def test_a_line_of_printing_is_no_signature() -> None:
    text = f"{HEAD}各有关单位：\n现印发给你们。\n丁山市人民政府办公室2031年5月9日印发\n"
    assert document(text).signed is None


@pytest.mark.parametrize(
    ("printed", "note"),
    [
        ("(此件公开发布)", "此件公开发布"),
        ("（此件依申请公开）", "此件依申请公开"),
        ("公开方式：主动公开", "公开方式：主动公开"),
        ("[此件删减后公开]", "此件删减后公开"),
        ("公开发布会定于六月召开。", None),
    ],
)
def test_the_note_on_publication_is_read(printed: str, note: str | None) -> None:
    assert document(f"{HEAD}各有关单位：\n{END}{printed}\n").public_note == note


@pytest.mark.parametrize(
    ("title", "issued"),
    [
        ("丁山市人民政府关于印发丁山市渡口管理办法的通知", "丁山市渡口管理办法"),
        ("丁山市人民政府办公室关于转发市水务局《渡口巡查方案》的通知", "市水务局《渡口巡查方案"),
        ("丁山市人民政府关于公布渡口名录的决定", "渡口名录"),
        ("丁山市人民政府关于渡口规划的批复", None),
    ],
)
def test_a_title_says_what_is_issued(title: str, issued: str | None) -> None:
    assert issued_title(title) == issued


def test_what_is_issued_may_stand_over_several_headings() -> None:
    draft = document(f"{HEAD}各有关单位：\n{END}# 丁山市渡口\n# 管理办法\n一、总则\n")
    assert (draft.attached_title, draft.attached_line) == ("丁山市渡口管理办法", 7)


def test_what_is_issued_and_not_printed_is_none() -> None:
    assert document(f"{HEAD}各有关单位：\n{END}").attached_title is None


@pytest.mark.parametrize(
    "text", ["丁山市人民政府", "丁山市水务局 丁山市教育局", "中共丁山市委办公室", "丁山高新区管理委员会"]
)
def test_organs_are_known(text: str) -> None:
    assert is_organ(text)


@pytest.mark.parametrize("text", ["", "渡口", "丁山市人民政府令", "丁山市水务局负责", "请丁山市人民政府批示"])
def test_other_texts_are_no_organs(text: str) -> None:
    assert not is_organ(text)


@pytest.mark.parametrize(
    "text", ["根据关于渡口的通知", "关于渡口。通知", "政策依据：关于渡口的通知", "渡口管理", "丁山市水务局关于渡口工作"]
)
def test_other_texts_are_no_titles(text: str) -> None:
    assert not is_title(text)


def test_titles_are_compared_without_spaces_quotes_and_dashes() -> None:
    assert folded("“渡口” 规划（2031—2035年）") == folded("渡口规划(2031-2035年)")


def test_a_name_cut_in_two_is_one_organ() -> None:
    assert organs_in(["丁山市", "水务局", "丁山市教育局"]) == ["丁山市水务局", "丁山市教育局"]
