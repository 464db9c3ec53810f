"""Words of the command line in the words of the site."""

from __future__ import annotations

import re
from typing import Final

_FIELDS: Final = {
    "--layout": "版式", "--year": "年度", "--region": "行政区划", "--unit": "金额单位", "--take-source": "以来源为准",
}  # fmt: skip
_OPTION = re.compile(rf" ?({'|'.join(_FIELDS)})\b ?")


def in_site_words(message: str) -> str:
    """A sentence of a reader or a report with the fields of the import page instead of the command's options."""
    return _OPTION.sub(lambda match: f"“{_FIELDS[match[1]]}”", message)
