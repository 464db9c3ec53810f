"""The preview: lines in their place, lists in pages, decisions with their consequence."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from imports.actions import Options, import_file
from imports.excerpts import AROUND, MOST_CHARACTERS, excerpts
from imports.models import Upload
from imports.tasks import do_upload
from imports.uploads.receiving import receive
from projects.models import Project
from projects.permissions import ADMIN, DEPARTMENT
from tests import factories
from tests.conftest import LogIn, words_of
from tests.imports.texts import form


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in(ADMIN)


def checked(text: str, **options: Any) -> Upload:
    upload = receive(
        [text.encode()], name="a.txt", options=Options(**options), by=factories.user(ADMIN), batch=uuid.uuid4()
    )
    do_upload(pk=str(upload.pk))
    return Upload.objects.get(pk=upload.pk)


def page(client: Client, upload: Upload, query: str = "") -> str:
    return words_of(client.get(f"{upload.get_absolute_url()}{query}"))


@pytest.fixture
def disputed(admin: Client) -> Upload:
    """Two projects with two conflicts each."""
    import_file((form() + form(name="食堂")).encode(), name="a.txt", options=Options(), by=None)
    Project.objects.update(overview="人工改写。", amount=7)
    return checked(form(overview="新概况。", amount="400,000") + form(name="食堂", overview="新食堂。", amount="200"))


def decide(client: Client, upload: Upload, **chosen: str) -> str:
    return words_of(client.post(reverse("upload-decide", args=[upload.pk]), chosen, follow=True))


# Lines in their place


def test_lines_stand_among_their_neighbours() -> None:
    lines = [f"第{number}行" for number in range(1, 101)]
    found = excerpts(lines, [2, 50, 53, 99])
    assert [(one["first"], len(one["texts"])) for one in found] == [(1, 5), (47, 10), (96, 5)]
    assert found[1]["texts"][AROUND] == "第50行"


def test_no_excerpt_goes_across_sheets() -> None:
    found = excerpts([str(number) for number in range(1, 21)], [9, 11], starts=[1, 11])
    assert [(one["first"], one["texts"][-1]) for one in found] == [(6, "10"), (11, "14")]


def test_very_long_lines_are_cut() -> None:
    assert len(excerpts(["字" * 10_000], [1])[0]["texts"][0]) == MOST_CHARACTERS + 1


def test_unclaimed_lines_are_marked_in_the_text(admin: Client) -> None:
    upload = checked(form() + "这一行谁也不认得\n\n" + form(name="食堂"))
    html = admin.get(upload.get_absolute_url()).content.decode().partition('<section id="excerpts">')[2]
    row = html.partition("这一行谁也不认得</td>")[0].rpartition("<tr")[2]
    assert "unclaimed" in row
    assert f"L{form().count(chr(10)) + 1}" in row
    assert "填报日期：" in html


# Lists in pages


def test_long_lists_are_shown_in_pages(admin: Client, django_assert_max_num_queries: Any) -> None:
    text = form() + "".join(f"没认出的第 {number} 行\n" for number in range(450))
    upload = checked(text)
    first, last = page(admin, upload), page(admin, upload, "?unclaimed=3")
    assert "第 1 / 3 页，共 450 行" in first
    lists = [text.partition("下列各行")[2].partition("冲突")[0] for text in (first, last)]
    assert ["没认出的第 449 行" in text for text in lists] == [False, True]
    with django_assert_max_num_queries(20):
        admin.get(upload.get_absolute_url())


@pytest.mark.parametrize("asked", ["0", "-1", "x", "9" * 40, "", "4"])
def test_pages_that_do_not_exist_give_the_nearest(admin: Client, asked: str) -> None:
    assert admin.get(f"{checked(form()).get_absolute_url()}?unclaimed={asked}&created={asked}").status_code == 200


def test_new_and_unchanged_projects_are_listed(admin: Client) -> None:
    import_file(form().encode(), name="a.txt", options=Options(), by=None)
    text = page(admin, checked(form() + form(name="食堂", amount="100")))
    assert "将新增 1 个项目，合计 0.01 万元；变更 0 个；1 个不变。" in text
    assert "新增 1 个项目 行 项目 部门" in text
    assert "未变 1 个项目 行 项目 部门" in text


# Decisions


def test_conflicts_are_offered_one_by_one(admin: Client, disputed: Upload) -> None:
    text = page(admin, disputed)
    assert "4 处与人工修改冲突，保留现值" in text
    assert "人工改写。 新概况。 保留现值 采用文件" in text


def test_a_decision_is_kept_and_its_consequence_shown(admin: Client, disputed: Upload) -> None:
    text = decide(admin, disputed, take="1:amount")
    assert "现在：保留 3 处，采用文件 1 处" in text
    assert "金额 +39.9993 万元" in text
    assert page(admin, disputed).count("1 处人工修改将被文件的值覆盖") == 1
    assert "采用文件 0 处" in decide(admin, disputed, keep="1:amount")


def test_all_of_a_project_and_all_of_the_file(admin: Client, disputed: Upload) -> None:
    assert "保留 2 处，采用文件 2 处" in decide(admin, disputed, take="project-1")
    assert Upload.objects.get(pk=disputed.pk).options["take"] == ["2:amount", "2:overview"]
    text = decide(admin, disputed, take="all")
    assert "保留 0 处，采用文件 4 处" in text
    assert "变更 2 个" in text
    assert "保留 4 处，采用文件 0 处" in decide(admin, disputed, keep="all")


@pytest.mark.parametrize("nonsense", ["", "9:amount", "project-9", "project-x", "project-", "nothing"])
def test_decisions_about_nothing_are_forgotten(admin: Client, disputed: Upload, nonsense: str) -> None:
    decide(admin, disputed, take=nonsense)
    assert Upload.objects.get(pk=disputed.pk).options["take"] == []


def test_what_was_decided_is_what_is_imported(admin: Client, disputed: Upload) -> None:
    decide(admin, disputed, take="1:overview")
    html = admin.get(disputed.get_absolute_url()).content.decode()
    admin.post(disputed.get_absolute_url(), {"shown": html.partition('name="shown" value="')[2][:64]})
    do_upload(pk=str(disputed.pk))
    assert Upload.objects.get(pk=disputed.pk).run is not None
    assert dict(Project.objects.values_list("name", "overview")) == {"教室改造": "新概况。", "食堂": "人工改写。"}
    assert set(Project.objects.values_list("amount", flat=True)) == {7}


def test_a_page_from_before_a_decision_confirms_nothing(admin: Client, disputed: Upload) -> None:
    shown = admin.get(disputed.get_absolute_url()).content.decode().partition('name="shown" value="')[2][:64]
    decide(admin, disputed, take="all")
    assert admin.post(disputed.get_absolute_url(), {"shown": shown}).status_code == 409


def test_htmx_gets_the_page_at_once(admin: Client, disputed: Upload) -> None:
    address = reverse("upload-decide", args=[disputed.pk])
    response = admin.post(address, {"take": "all"}, headers={"HX-Request": "true"})
    assert (response.status_code, "采用文件 4 处" in words_of(response)) == (200, True)


def test_nothing_is_decided_while_it_is_imported(admin: Client, disputed: Upload) -> None:
    Upload.objects.update(state="running", step="import")
    assert "现在不能改变选择" in decide(admin, disputed, take="all")


# Sending


def files(*names: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, form(name=name).encode()) for name in names]


def test_many_files_are_one_batch(admin: Client) -> None:
    response = admin.post(reverse("run-new"), {"file": files("甲.txt", "乙.txt"), "batch": str(uuid.uuid4())})
    assert Upload.objects.count() == 2
    text = words_of(admin.get(response["Location"]))
    for expected in ("本次上传的 2 个文件", "甲.txt", "乙.txt", "排队等待处理"):
        assert expected in text


def test_rows_of_a_batch_ask_again_until_all_are_checked(admin: Client) -> None:
    address = admin.post(reverse("run-new"), {"file": files("甲.txt", "乙.txt"), "batch": str(uuid.uuid4())})[
        "Location"
    ]
    first, second = Upload.objects.order_by("pk")
    do_upload(pk=str(first.pk))
    part = admin.get(f"{address}?part=1", headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, "hx-get" in part, "查看预检并确认" in part) == (False, True, True)
    do_upload(pk=str(second.pk))
    assert "hx-get" not in admin.get(f"{address}?part=1", headers={"HX-Request": "true"}).content.decode()


def test_a_file_sent_by_the_page_is_answered_for_it(admin: Client) -> None:
    batch = str(uuid.uuid4())
    sent = admin.post(
        reverse("run-new"), {"file": files("甲.txt"), "batch": batch}, headers={"Accept": "application/json"}
    )
    assert sent.json() == {"address": f"/uploads/batches/{batch}/", "problems": []}
    refused = admin.post(reverse("run-new"), {"year": "1"}, headers={"Accept": "application/json"})
    assert refused.status_code == 422
    assert refused.json()["problems"][0] == "请选择要导入的文件。"
    assert refused.json()["problems"][1].startswith("年度：")


def test_the_same_file_twice_is_noticed(admin: Client) -> None:
    import_file(form().encode(), name="早先.txt", options=Options(), by=None)
    one = checked(form())
    Upload.objects.update(name="先传.txt")
    other = checked(form())
    Upload.objects.filter(pk=other.pk).update(by=one.by)
    text = page(admin, Upload.objects.get(pk=other.pk))
    assert "已经导入过（“早先.txt”）" in text
    assert "“先传.txt” 与它内容完全相同" in text


def test_waiting_files_are_listed_for_their_person(admin: Client, log_in: LogIn) -> None:
    checked(form())
    assert "a.txt" in words_of(admin.get(reverse("upload-list")))
    assert "没有待确认的文件" in words_of(log_in(DEPARTMENT).get(reverse("upload-list")))


@pytest.fixture
def nothing_left() -> Iterator[None]:
    yield
    assert not Project.objects.exists()


def test_a_department_is_told_which_line_is_not_theirs(client: Client, db: None, nothing_left: None) -> None:
    person = factories.user(DEPARTMENT, factories.department())
    client.force_login(person)
    client.post(reverse("run-new"), {"file": files("甲.txt")})
    upload = Upload.objects.get()
    do_upload(pk=str(upload.pk))
    text = page(client, upload)
    assert "第 1 行：“甲.txt”（长治市上党区教育局）不在您负责的部门内，整份文件没有导入" in text


def test_a_department_reads_the_report_of_its_own_upload(client: Client, db: None) -> None:
    bureau = factories.department("长治市上党区教育局")
    person = factories.user(DEPARTMENT, bureau)
    client.force_login(person)
    client.post(reverse("run-new"), {"file": files("甲.txt")})
    upload = Upload.objects.get()
    do_upload(pk=str(upload.pk))
    shown = client.get(upload.get_absolute_url()).content.decode().partition('name="shown" value="')[2][:64]
    client.post(upload.get_absolute_url(), {"shown": shown})
    do_upload(pk=str(upload.pk))
    response = client.get(upload.get_absolute_url(), follow=True)
    assert "已导入“甲.txt”：新增 1 个" in words_of(response)
    assert "/documents/" not in response.content.decode()
    assert "甲.txt" in words_of(client.get(reverse("run-list")))
