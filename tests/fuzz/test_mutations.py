"""A few hundred mutations of every layout: read or refused in Chinese, no line lost, within their time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.findings import Findings
from tests.fuzz.heavy import entity_bomb, false_size, nested, sheet_of
from tests.fuzz.importing import try_imports
from tests.fuzz.making import mutation
from tests.fuzz.starting import LAYOUTS, starting
from tests.fuzz.sweeping import SECONDS, Swept, sweep_here
from tests.fuzz.trying import BrokenPromiseError, try_one

NOWHERE = Path("/nowhere")
"""The published texts are left out, so that the numbers mean the same everywhere."""
FEW = 60


@pytest.mark.parametrize("layout", LAYOUTS)
def test_starting_texts_are_read(layout: str) -> None:
    outcomes = [try_one(data) for data in starting(layout, NOWHERE)]
    assert sum(tried.layout == layout for tried in outcomes) >= max(1, len(outcomes) // 2)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_mutations_are_read_or_refused(layout: str, tmp_path: Path) -> None:
    findings, swept = Findings(tmp_path), Swept()
    sweep_here(layout, range(FEW), findings, swept, sources=NOWHERE)
    assert not findings.seen
    assert swept.outcomes.total() == FEW
    assert swept.outcomes["read"]
    assert swept.outcomes["refused"]
    assert swept.slowest < SECONDS


@pytest.mark.django_db
def test_mutations_go_through_the_whole_import(tmp_path: Path) -> None:
    findings = Findings(tmp_path)
    outcomes = try_imports(28, findings, sources=NOWHERE)
    assert not findings.seen
    assert outcomes["imported"]
    assert outcomes["refused"]


def test_the_same_number_is_the_same_input() -> None:
    assert mutation("gazette", 7, sources=NOWHERE) == mutation("gazette", 7, sources=NOWHERE)
    assert mutation("gazette", 7, sources=NOWHERE) != mutation("gazette", 8, sources=NOWHERE)


@pytest.mark.parametrize(
    "data",
    [
        sheet_of(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        sheet_of(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        false_size(2**32 - 1), false_size(1), entity_bomb(), nested(100_000),
    ],
    ids=["10 GB of cells", "a cell in the last row", "a part of 4 GB", "a part of 1 byte", "entities", "nested JSON"],
)  # fmt: skip
def test_what_claims_to_be_large_is_refused(data: bytes) -> None:
    assert try_one(data).outcome == "refused"


def test_a_line_that_a_reader_throws_away_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from imports.reading import Reading

    data = starting("target_form", NOWHERE)[0] + "〇甲乙记号丙丁〇\n".encode()
    assert try_one(data).outcome == "read"
    monkeypatch.setattr(Reading, "unclaimed", lambda _: iter(()))
    with pytest.raises(BrokenPromiseError, match="vanish"):
        try_one(data)


def test_findings_keep_one_input_a_place(tmp_path: Path) -> None:
    findings = Findings(tmp_path)
    for number in range(3):
        findings.add(b"input", BrokenPromiseError("took 11 s"), str(number))
    assert [path.read_bytes() for path in tmp_path.glob("*.input")] == [b"input"]
    assert list(findings.seen.values()) == [3]
