"""Workbooks that list key projects, as long as one likes: the same rows every time, and the same list a year's turn later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

HEADS: Final = ("序号", "项目名称", "预算安排数", "部门单位", "政策依据", "支出内容", "绩效目标")
TITLE: Final = "长治市2025年重点项目绩效目标"
UNIT: Final = "单位：万元"
BODIES: Final = tuple(f"市{name}局" for name in "教育 财政 民政 水利 交通 卫生 文化 农业 林业 审计 统计 信访".split())
CHANGED: Final = 10
"""One row in so many has another amount and another goal in the later list."""
ADDED: Final = 10
"""One row in so many is not in the former list."""


class Row(NamedTuple):
    """A row as it is printed; the amount in 万元."""

    serial: int
    name: str
    amount: str
    department: str
    basis: str
    content: str
    goal: str


def rows(count: int, *, later: bool) -> Iterator[Row]:
    """The rows of the list, or of the later one: of ten rows one is new there, one says something else, eight are the same."""
    for number in range(1, count + 1):
        if later or number % ADDED:
            yield _row(number, changed=later and number % CHANGED == 1)


def write(path: Path, count: int, *, later: bool) -> None:
    """The list as a workbook. The former one has nine rows in ten of the later one."""
    import xlsxwriter  # type: ignore[import-untyped]  # the package carries no types

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("清单")
    for at, row in enumerate(((TITLE,), (UNIT,), HEADS, *rows(count, later=later))):
        sheet.write_row(at, 0, (float(cell) if place == 2 and at > 2 else cell for place, cell in enumerate(row)))
    book.close()


def _row(number: int, *, changed: bool) -> Row:
    school, cents = f"第{number % 500 + 1}小学", number * 37 % 90_000 + 100
    return Row(
        number, f"{school}校舍维修改造工程（第{number}期）", f"{(cents + 7 * changed) / 100:.2f}", BODIES[number % len(BODIES)],
        f"长政发〔2024〕{number % 90 + 1}号，关于下达{school}校舍安全资金的通知。",
        f"用于{school}教学楼加固、屋面防水和操场改造，按合同进度拨付第{number}批资金。",
        f"完成{school}校舍维修{number % 40 + 3}间，验收合格率100%，{'十' if changed else '十二'}月底前交付使用，师生满意度达到95%以上。",
    )  # fmt: skip
