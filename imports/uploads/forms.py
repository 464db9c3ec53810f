"""The form that takes a file."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from imports.actions import Options
from imports.asking import FIRST_YEAR, LAST_YEAR, RegionUnclearError, region_asked
from imports.reading import Defaults
from imports.recognise import READERS
from perfgoals.money import UNITS
from perfgoals.uploads import MAX_BYTES
from projects.regions import RegionRef

INPUT: Final = {"class": "input"}
TOO_LARGE: Final = (
    f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不能在网页上导入。请分成几个文件，或请系统维护人员在服务器上用命令导入。"
)
NONE_CHOSEN: Final = "请选择要导入的文件。"
YEAR: Final = f"请填写 {FIRST_YEAR} 至 {LAST_YEAR} 之间的四位年份。"


class UploadForm(forms.Form):
    """One file, and what the person says about it: the options of the command."""

    file = forms.FileField(
        label="文件",
        widget=forms.FileInput(attrs={"class": "input", "accept": ".txt,.json,text/plain,application/json"}),
        error_messages={
            "required": NONE_CHOSEN, "missing": NONE_CHOSEN, "invalid": NONE_CHOSEN,
            "empty": "文件是空的，没有可以导入的内容。请检查是否选对了文件。",
        },
    )  # fmt: skip
    layout = forms.ChoiceField(
        label="版式", required=False, choices=[("", "自动识别"), *((reader.NAME, reader.TITLE) for reader in READERS)],
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

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse what is too large to be read while the browser waits."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(TOO_LARGE)
        return file

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
