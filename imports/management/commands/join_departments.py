"""``join_departments KEEP JOIN…``: make several printed bodies one department."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.db import transaction

from perfgoals.commands import PerfGoalsCommand
from projects.actions import ActionError, join_departments
from projects.models import Department


class Command(PerfGoalsCommand):
    """Exit code 2 when a name is unknown or ambiguous, or the departments cannot be joined; nothing is then changed."""

    help = "把名称不同而实为同一单位的部门合并为一个；各项目保留来源印刷的部门名称。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("keep", metavar="保留", help="保留的部门：名称或编号")
        parser.add_argument("join", metavar="并入", nargs="+", help="并入的部门：名称或编号")
        parser.add_argument("--region", help="名称在几个行政区划都有时，指明区划代码")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        try:
            with transaction.atomic():
                keep = self._department(options["keep"], options["region"])
                for text in options["join"]:
                    join = self._department(text, options["region"] or keep.region_id)
                    moved = join_departments(keep=keep, join=join, by=None)
                    self.stdout.write(f"“{join.name}”已并入“{keep.name}”，涉及 {moved} 个项目。")
        except ActionError as error:
            self.refuse(str(error))

    def _department(self, text: str, region: str | None) -> Department:
        found = (
            Department.objects.filter(pk=int(text))
            if text.isascii() and text.isdecimal()
            else Department.objects.filter(name=text)
        )
        if region:
            found = found.filter(region_id=region)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ActionError(f"没有部门“{text}”，请核对名称或改用编号。")
        raise ActionError(f"“{text}”在几个行政区划都有，请用 --region 指明区划代码。")
