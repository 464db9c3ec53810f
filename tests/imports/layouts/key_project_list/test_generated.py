"""Generated lists are read back whole, and in good time."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.drafts import ProjectDraft
from imports.layouts import key_project_list
from imports.reading import Defaults, Reading, SourceError
from tests.imports.layouts.key_project_list.made import ListText, expected, list_texts
from tests.imports.layouts.key_project_list.texts import TOP, fields, read, texts_of


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(list_texts())
def test_what_is_printed_is_read_back(listed: ListText) -> None:
    drafts, reading = read(listed.text)
    assert [fields(draft) for draft in drafts] == expected(listed)
    assert list(reading.unclaimed()) == []
    assert {(draft.region_code, draft.year) for draft in drafts} == {(listed.place[1], listed.year)}
    assert {draft.printed_unit for draft in drafts} == {listed.unit}
    assert key_project_list.recognise(listed.lines)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(list_texts())
def test_the_sum_is_the_declared_total(listed: ListText) -> None:
    drafts, reading = read(listed.text)
    assert (reading.declared_total is None) == (listed.total is None)
    if reading.declared_total:
        assert sum(draft.amount.yuan or 0 for draft in drafts) == reading.declared_total.yuan


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(list_texts(), st.randoms(use_true_random=False))
def test_no_character_is_read_twice_or_invented(listed: ListText, random: Any) -> None:
    """Whatever happens to a text, what is read stands in it, and refusals are `SourceError`."""
    lines = [line for line in listed.lines if random.random() > 0.1]
    text = "".join("".join(lines).split())
    reading, drafts = Reading(lines), list[ProjectDraft]()
    with suppress(SourceError):
        drafts = list(key_project_list.read(reading, Defaults()))
    read_out = "".join("".join(part.split()) for draft in drafts for part in (draft.name, *texts_of(draft)) if part)
    left = "".join("".join(line.split()) for _, line in reading.unclaimed()) if drafts else ""
    assert len(read_out) + len(left) <= len(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(alphabet="1235 目项局，。（）政策依据支出内容绩效目标：合计年单位万元\f", max_size=14), max_size=40
    )
)
def test_any_text_is_read_or_refused(lines: list[str]) -> None:
    key_project_list.recognise(lines)
    with suppress(SourceError):
        list(key_project_list.read(Reading(lines), Defaults(region_code="140400", year=2030, unit="元")))


def test_time_grows_with_the_length_of_the_text() -> None:
    project = "".join(
        f"{{}} 河道{n} 5 市水务局\n政策依据：{'某办法' * 8}\n支出内容：清淤。\n\n通畅。\n\n" for n in "一"
    )
    times = []
    for count in (400, 3200):
        text = TOP + "\n" + "".join(project.format(serial) for serial in range(1, count + 1))
        begun = time.process_time()
        assert len(read(text)[0]) == count
        times.append(time.process_time() - begun)
    assert times[1] < 8 * 4 * times[0] + 1
