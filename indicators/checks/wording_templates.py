"""The rule on what the templates of forms leave in texts and cells: ××村, 指标1, 请填写."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from indicators.checks import meanings
from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPE_NAMES, TEXTS, Form, Target
from indicators.checks.halves import at, called, judged_alike, row_judge
from indicators.checks.rules import TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity

_LEFT_OVER = re.compile(
    r"[×✕╳]{2,}|(?<![A-Za-z0-9])[XxＸｘ]{2,}(?![A-Za-z0-9])|_{3,}|＿{2,}|[□☐▢]|某某|（此处[^）]*）|请(?:在此)?(?:填写|输入|补充)"
    r"|(?:^|[（(【\[])(?:示例|例如填写|填写说明|待填|待补充|待完善)(?=[)）】\]:：]|$)|20[XxＸｘ]{2}年|\{\{|\}\}|N/A|#(?:REF|VALUE|NAME|DIV/0|N/A)"
)
# What each left-over holds: to look for these first is ten times as fast. None but plain words, since an expression
# of them is searched for by their first characters.
_SIGNS: Final = (
    *"×✕╳XxＸｘ□☐▢{}#＿", "___", "某某", "（此处", "请在", "请填", "请输", "请补", "示例", "例如填", "填写说", "待填", "待补", "待完", "N/A",
)  # fmt: skip
_SIGNS_OF_TEMPLATES = re.compile("|".join(map(re.escape, _SIGNS)))
_TICKED = re.compile(r"[☑☒■√✓✔]")
_BOXES: Final = {ord(box): None for box in "□☐▢"}
_STARS = re.compile(r"\*{2,}|＊{2,}")
_BOLD = re.compile(r"\*\*[^*\s][^*]*\*\*")
_NUMBERED = re.compile(
    r"(?:三级|二级)?(?:指标|目标)(?:名称)?[0-9一二三四五六七八九十①-⑩]{0,2}[:：]?|[.…]{2,}|…+|。{2,}|\.{3,}"
)
_MAY_HOLD_LEFT_OVERS: Final = TEXTS.keys() - {"attribute", "contact_phone", "department_code"}


@rule(
    id="wording.template",
    title="模板或占位内容未替换",
    family=Family.DATA,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="“××”“**”“___”“□”“指标1”“……”“请填写”等是填报模板的占位内容，应换成实际内容或删去。项目属性的勾选框、加粗记号不作判断。",
    bad="改造××村道路XX公里",
    good="改造东河村道路3公里",
)
def template(form: Form, _given: Given) -> Iterator[Finding]:
    """Nothing of the template is left."""
    for path, title, text in _texts(form):
        if found := _left_over(text):
            yield Finding(f"{title}中留有模板内容“{found}”，请替换为实际内容或删去。", (path,))
    for halves, (part, found) in judged_alike(form, _left_over_in):
        which = "三级指标" if part == "name" else "指标值"
        yield Finding(f"{called(halves)}的{which}中留有模板内容“{found}”，请替换为实际内容或删去。", at(halves, part))


def _texts(form: Form) -> Iterator[tuple[str, str, str]]:
    for path, text in form.texts.items():
        if text and path in _MAY_HOLD_LEFT_OVERS:
            yield path, TEXTS[path], text
    for scope, text in form.goals.items():
        yield f"goals.{scope}", f"{SCOPE_NAMES[scope]}目标", text


@row_judge
def _left_over_in(target: Target) -> tuple[str, str] | None:
    for part, text in (("name", target.name), ("value", target.value)):
        if found := _left_over_in_cell(text):
            return part, found
    return None


@lru_cache(maxsize=16384)
def _left_over_in_cell(text: str) -> str | None:
    bare = text.strip()
    found = bare if _NUMBERED.fullmatch(bare) else _left_over(bare)
    return found if found and not meanings.is_class_name(bare) else None


def _left_over(text: str) -> str | None:
    if _SIGNS_OF_TEMPLATES.search(text):
        found = _LEFT_OVER.search(_without_choices(text))
        if found:
            return found[0]
    if "*" in text or "＊" in text:
        starred = _STARS.search(_BOLD.sub("", text))
        return starred[0] if starred else None
    bare = text.strip()
    return bare if len(bare) > 1 and not bare.strip("….。 　") else None


def _without_choices(text: str) -> str:
    """The text without the empty boxes of a choice of which another is ticked."""
    return text.translate(_BOXES) if _TICKED.search(text) else text


RULES: Final[tuple[Rule, ...]] = (template,)
