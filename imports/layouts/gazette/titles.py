"""What titles of official documents look like: 长治市人民政府 关于…的通知, with the organs before 关于.

GB/T 9704-2012, 7.3.1: a title is made of the issuing organ, the matter and the kind of document, over one line or
several, and has no punctuation but brackets and book-title marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from imports.document_numbers import numbers_in
from imports.layouts.gazette.dates import whole_date
from imports.layouts.gazette.lines import unspaced

_ORGAN_ENDS = (
    "人民政府|政府|办公室|办公厅|委员会|常务委员会|管委会|党委|市委|县委|区委|省委|党组|局|厅|部|署|中心|指挥部|领导小组|"
    "法院|检察院|国务院|研究院|学院|大学|医院|银行|分行|公司|集团|支队|总队|大队|联合会|总工会|协会|协调小组|专班|督查室|"
    "研究室|信息科|发展改革委|改革委|卫生健康委|卫健委|国资委|发改委|编办|政府办|管理办|专员办|军分区|委|团市委|妇联"
)
_ORGAN = re.compile(rf"[一-鿿（）()、“”〇·\s]{{1,60}}?(?:{_ORGAN_ENDS})(?:[（(][^（()）]{{1,15}}[)）])?")
_ORGANS_ABOUT = re.compile(
    rf"(?:中共)?[一-鿿（）()、“”\s]{{1,80}}?(?:{_ORGAN_ENDS})\s*(?=关于|印发|转发|批转|公布|发布)"
)
_KINDS = (
    "通知|通告|公告|通报|意见|决定|决议|命令|令|批复|复函|函|报告|请示|议案|纪要|公报|办法|规定|细则|条例|规则|方案|规划|"
    "计划|纲要|要点|预案|目录|清单|章程|措施|政策|指南|标准|制度|目标|名单|说明|讲话|任务|安排|大事记|职务|任免|任职|免职|"
    "倡议书|通知书|责任书|解读|汇编|情况|建议|提示|致辞|发言|声明"
)
_KIND = re.compile(rf"(?:{_KINDS})(?:[（(〔【][^（()）〔〕【】]{{1,30}}[)）〕】]){{0,3}}[”’》]?\Z")
_PLACE = re.compile(r"[一-鿿]{1,6}?[省市县区州盟旗]")
_UNTITLED = re.compile(r"[。；;！!？?：:]|[，,]\Z|[.…⋯·]{3}|……")
_ABOUT = re.compile(r"[一-鿿（）()、“”·]{0,45}?关于")
_SENTENCE_BEGINS = re.compile(
    "根据|按照|依据|依照|遵照|为|结合|经|现将|请|各|同时|其中|要|对|自|本|有关|详见|参见|落实|贯彻|“|附件|附[:：]|[-—－]{2}"
)
_FOLDED: Final = str.maketrans("〔〕［］【】（）〈〉《》「」—–－～－﹣", '[][][]()<><>""------')
_QUOTES = re.compile("[“”\"'‘’＂]")
_LONGEST_LINE: Final = 100
_LONGEST: Final = 240


def folded(text: str) -> str:
    """A title in one spelling, for comparing: without spaces and quotes, in half width, with one kind of dash."""
    text = unicodedata.normalize("NFKC", unspaced(text)).translate(_FOLDED)
    return re.sub("-+", "-", _QUOTES.sub("", text))


def is_organ(text: str) -> bool:
    """Whether a text is the name of an issuing organ, or of several after one another."""
    return len(text) <= _LONGEST_LINE and _ORGAN.fullmatch(unspaced(text)) is not None


def ends_as_title(text: str) -> bool:
    """Whether a text ends in a kind of document: …的通知, …办法（试行）."""
    return _KIND.search(text[-60:].rstrip()) is not None


def can_be_in_title(text: str) -> bool:
    """Whether a line may be part of a title: short, without the punctuation of sentences, no date and no 文号 at its end."""
    if not 0 < len(text) <= _LONGEST_LINE or _UNTITLED.search(text) or whole_date(text):
        return False
    return "号" not in text[-4:] or not numbers_in(text)


def is_title(text: str) -> bool:
    """Whether a text is a whole title: it names an organ or a matter (关于…) and ends in a kind of document."""
    text = unspaced(text)
    if not 6 <= len(text) <= _LONGEST or text.endswith("、") or _UNTITLED.search(text) or not ends_as_title(text):
        return False
    return not _SENTENCE_BEGINS.match(text) and (organs_end(text) > 0 or _ABOUT.match(text) is not None)


def organs_end(text: str) -> int:
    """Where the organs end with which a title begins; 0 where it begins with none."""
    found = _ORGANS_ABOUT.match(text[:_LONGEST])
    return found.end() if found else 0


def organs_in(pieces: Sequence[str]) -> list[str]:
    """The organs named by pieces of a title as its spaces and line wraps part them; a name in two pieces is one."""
    organs: list[str] = []
    open_name = ""
    for piece in pieces:
        open_name += unspaced(piece)
        if is_organ(open_name):
            organs += _parted(open_name)
            open_name = ""
    if open_name:
        organs.append(open_name)
    return organs


def _parted(name: str) -> list[str]:
    """Organs that stand side by side without a space, each beginning with the same place: 丁山市财政局丁山市民政局."""
    place = _PLACE.match(name)
    again = name.find(place[0], place.end()) if place else -1
    if again > 0 and is_organ(name[:again]) and is_organ(name[again:]):
        return [name[:again], *_parted(name[again:])]
    return [name]
