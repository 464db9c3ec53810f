"""The form that takes files."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from imports.actions import Options
from imports.asking import FIRST_YEAR, LAST_YEAR, RegionUnclearError, region_asked
from imports.reading import Defaults
from imports.recognise import READERS, TABLE, TABLE_TITLE
from perfgoals.money import UNITS
from perfgoals.uploads import MAX_BYTES
from projects.regions import RegionRef

INPUT: Final = {"class": "input"}
TOO_LARGE: Final = (
    f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不能在网页上导入。请分成几个文件，或请系统维护人员在服务器上用命令导入。"
)
NONE_CHOSEN: Final = "请选择要导入的文件。"
EMPTY: Final = "文件是空的，没有可以导入的内容。请检查是否选对了文件。"
ACCEPTED: Final = ".txt,.json,.xlsx,.csv,text/plain,application/json,text/csv"
LAYOUTS: Final = [
    ("", "自动识别"), *((reader.NAME, reader.TITLE) for reader in READERS), (TABLE, TABLE_TITLE),
]  # fmt: skip
YEAR: Final = f"请填写 {FIRST_YEAR} 至 {LAST_YEAR} 之间的四位年份。"


class FilesInput(forms.FileInput):
    """An input of one file or many."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or many; each that cannot be taken is named in an error of its own."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """The files, in the order in which they were sent."""
        del initial
        files = [file for file in data or () if file]
        if not files:
            raise ValidationError(self.error_messages["required"])
        # Django took the last part of each name's path and cut it to 255 characters.
        problems = [f"{file.name}：{problem}" for file in files if (problem := _problem(file))]
        if problems:
            raise ValidationError(problems)
        return files


def _problem(file: UploadedFile[bytes]) -> str:
    """Why a file is not taken, before anything of it is read."""
    if not file.size:
        return EMPTY
    return TOO_LARGE if file.size > MAX_BYTES else ""


class UploadForm(forms.Form):
    """Files, and what the person says about them: the options of the command."""

    file = FilesField(
        label="文件", widget=FilesInput(attrs={"class": "input", "accept": ACCEPTED}),
        error_messages={"required": NONE_CHOSEN},
    )  # fmt: skip
    batch = forms.UUIDField(required=False, widget=forms.HiddenInput())
    """Of files that the page sends one by one: what they have in common."""
    layout = forms.ChoiceField(
        label="版式", required=False, choices=LAYOUTS,
        widget=forms.Select(attrs=INPUT),
    )  # fmt: skip
    year = forms.IntegerField(
        label="年度", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={**INPUT, "inputmode": "numeric", "autocomplete": "off", "placeholder": "如 2025"}),
        error_messages={"invalid": YEAR, "min_value": YEAR, "max_value": YEAR},
    )  # fmt: skip
    region = forms.CharField(
        label="行政区划", required=False, max_length=100,
        widget=forms.TextInput(attrs={**INPUT, "autocomplete": "off", "placeholder": "名称或六位代码"}),
    )  # fmt: skip
    unit = forms.ChoiceField(
        label="金额单位", required=False, choices=[("", "不指定"), *((unit, unit) for unit in UNITS)],
        widget=forms.Select(attrs=INPUT),
    )  # fmt: skip
    take_source = forms.BooleanField(label="以来源为准（覆盖人工修改）", required=False)

    def __init__(self, data: Any = None, files: Any = None, *, too_large: bool = False) -> None:
        """``too_large``: there was a file, and it was not even received."""
        super().__init__(data, files)
        if too_large:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_region(self) -> RegionRef | None:
        """The region that is meant."""
        text = self.cleaned_data["region"]
        try:
            return region_asked(text) if text else None
        except RegionUnclearError as error:
            raise ValidationError(str(error)) from error

    def options(self) -> Options:
        """What the valid form asks for."""
        said = self.cleaned_data
        region: RegionRef | None = said["region"]
        defaults = Defaults(
            region_code=region.code if region else None, region_name=region.name if region else None,
            year=said["year"], unit=said["unit"] or None,
        )  # fmt: skip
        return Options(said["layout"] or None, defaults, said["take_source"])
