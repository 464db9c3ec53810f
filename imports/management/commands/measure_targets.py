"""``measure_targets``: how many targets in prose are found, and how many of them are right."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from imports.layouts.gazette.drafts import DocumentDraft, Heading, TargetDraft
from imports.layouts.gazette.paragraphs import Paragraph
from imports.layouts.gazette.reading import read_gazette
from imports.layouts.gazette.targets import find_targets
from imports.layouts.gazette.targets.measuring import Label, Score, label_of, score

_SHARED: Final = Path(settings.BASE_DIR) / "../shared"
_GOLD: Final = "plan_and_gazette_prose_targets.json"
_LABELLED: Final = Path(settings.BASE_DIR) / "tests/imports/layouts/gazette/targets/labelled.json"
_HEAD: Final = ("集合", "标注", "找到", "正确", "精确率", "召回率", "名称相近")


class Command(BaseCommand):
    """Needs no database. Exit code 1 when there is nothing to measure against."""

    help = "对照人工标注，测量行文中量化目标识别的精确率和召回率。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--gold", type=Path, default=_SHARED / "gold", help="抽样标注所在的文件夹")
        parser.add_argument("--sources", type=Path, default=_SHARED / "sources", help="标注所依据的原文所在的文件夹")
        parser.add_argument("--labelled", type=Path, default=_LABELLED, help="逐句完整标注的文件")
        parser.add_argument("--errors", action="store_true", help="列出漏掉和认错的目标")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        sets = [*_sentence_sets(options["labelled"]), *_gold_sets(options["gold"] / _GOLD, options["sources"])]
        if not sets:
            raise CommandError(f"没有可对照的标注：{options['gold'] / _GOLD} 和 {options['labelled']} 都不存在。")
        self.stdout.write("\t".join(_HEAD))
        for name, result in sets:
            self.stdout.write("\t".join(_row(name, result)))
            if options["errors"]:
                self._write_errors(result)
        self.stdout.write("抽样标注只计标注之处：未标注的目标既不算对也不算错。")

    def _write_errors(self, result: Score) -> None:
        for label in result.missed:
            years = "/".join(str(year) for year in label.years)
            self.stdout.write(f"  漏：{label.name} {label.operator} {label.number} {label.unit} {years}")
        for target in result.wrong:
            self.stdout.write(f"  错：{target.name} {target.operator} {target.number} {target.unit} {target.year}")


def _sentence_sets(path: Path) -> Iterator[tuple[str, Score]]:
    """The sentences of which every target is labelled, each read by itself."""
    if not path.exists():
        return
    total = Score()
    for entry in json.loads(path.read_text(encoding="utf-8")):
        total.add(score(_in_sentence(entry), [label_of(target) for target in entry["targets"]]))
    yield path.name, total


def _in_sentence(entry: dict[str, Any]) -> list[TargetDraft]:
    headings = tuple(Heading(1, level, text) for level, text in enumerate(entry.get("headings", ()), 1))
    paragraph = Paragraph(entry["text"], ((0, 1),), headings)
    return list(find_targets([paragraph], entry.get("horizon"), entry.get("issued")))


def _gold_sets(path: Path, sources: Path) -> Iterator[tuple[str, Score]]:
    """The samples of whole files."""
    if not path.exists():
        return
    labels: dict[str, list[Label]] = {}
    for entry in json.loads(path.read_text(encoding="utf-8")):
        labels.setdefault(entry["file"], []).append(label_of(entry))
    for name, sample in labels.items():
        source = sources / name
        if not source.exists():
            raise CommandError(f"标注所依据的原文不存在：{source}。")
        yield name, score(_in_file(source), sample, sample=True)


def _in_file(path: Path) -> list[TargetDraft]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [target for draft in read_gazette(lines) if isinstance(draft, DocumentDraft) for target in draft.targets]


def _row(name: str, result: Score) -> tuple[str, ...]:
    shares = (_percent(share) for share in (result.precision, result.recall))
    return (name, str(result.labelled), str(result.found), str(result.right), *shares, str(result.named))


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"
