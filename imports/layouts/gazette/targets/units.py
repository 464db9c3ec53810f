"""Units as gazettes and plans print them, and what kind of thing they count."""

from __future__ import annotations

import re
from typing import Final

TIME: Final = frozenset(
    "年 周年 个月 周 天 日 个工作日 工作日 个自然日 小时 个小时 分钟 秒 秒钟 毫秒 学时 课时 个学时 岁 周岁".split()
)
MONEY: Final = frozenset("元 万元 亿元 美元 万美元 亿美元 港元 万港元 亿港元 欧元 万欧元 亿欧元 人民币".split())
COUNT: Final = frozenset(
    """批次 件次 辆次 台次 人年 人月 人日 课次 个 家 座 处 所 条 项 件 套 台 台套 台件 辆 架 艘 列 组 支 只 头 羽 口 眼 部 册 种 类 张 片 块 盏 根 枚 篇 份 批 栋 幢 间
    间套 宗 例 起 场 次 场次 届 期 名 位 户 对 株 棵 尾 匹 峰 箱 桶 筐 袋 扇 面 副 顶 具 门 首 幅 集 款 单 笔 人 人次 户次 车次 架次 班次
    班 站 点 段 节 环 轮 道 层 万人 亿人 学位 床位 托位 车位 泊位 岗位 席位 工位 机位 机架 标准机架 标准箱 标箱 标台 孔 村 村庄 社区""".split()
)
"""Counters: 新建8座…; the thing itself comes after them."""
MEASURE: Final = frozenset(
    """公里 千米 米 里 厘米 毫米 海里 英里 车公里 平方公里 平方千米 平方米 亩 亩次 公顷 立方米 方 万方 立方 升 毫升 吨 公斤 千克 克 毫克 微克
    斤 担 公担 蒸吨 吨标准煤 吨标煤 克标准煤 克标煤 千瓦 千瓦时 兆瓦 兆瓦时 吉瓦 吉瓦时 太瓦时 度电 千伏 千伏安 千乏 兆伏安 MW GW kW KW kV KV kVA MWh GWh kWh KWh
    帕 兆帕 摄氏度 ℃ 分贝 dB Mbps Gbps Kbps TB PB EB GB PFlops PFLOPS EFlops EFLOPS P算力 TEU 倍 分 折 成 ㎡ m² m³ m3 km km² km2 m hm²
    ㎥ kg 比特 焦耳 千焦 吉焦 GJ 大卡 千卡 毫升 毫克 度 级 标准立方米 标方 个等级 个档次 个位次 位次""".split()
)
RATIO: Final = frozenset(["%", "‰", "‱", "个百分点", "百分点", "个千分点", "千分点", "个基点"])
_PER: Final = frozenset(
    ["年", "日", "天", "月", "周", "时", "次", "千人", "万人", "百万人", "十万人", "百人", "百户", "百公里", "立方厘米"]
)

_ALL: Final = TIME | MONEY | COUNT | MEASURE | RATIO


def _alternatives(words: frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


UNIT: Final = (
    rf"(?:{_alternatives(_ALL)})(?![A-Za-z])"
    rf"(?:[/／·•](?:万|亿|百|千|十)?(?:{_alternatives(_ALL | _PER)})(?![A-Za-z])){{0,3}}"
    r"|/(?:10|十|百)?万(?:人|辆)?(?![一-龥A-Za-z]*/)"
)
"""Pattern of a unit, compound ones as 公里/平方公里 and 千瓦时/吨 too, and what is told per head: 9/10万."""
_SPELLED: Final = frozenset(
    "批次 件次 辆次 台次 人年 人月 人日 课次 个 家 座 处 所 条 项 台 辆 架 艘 套 件 支 名 位 户 人 只 头 间 栋 幢 册 部 口 株 公里 平方公里 亩 公顷 平方米 立方米 元 万元 亿元 倍 吨 人次 个百分点".split()
)
COUNTER: Final = rf"(?:{_alternatives(_SPELLED)})"
"""What may stand after a number in Chinese numerals; 二次, 一批, 八百里 and 三期 are mostly names."""


def is_count(unit: str | None) -> bool:
    """Whether a unit is a counter, after which the thing counted may follow."""
    return unit in COUNT


def is_ratio(unit: str | None) -> bool:
    return unit in RATIO


def is_time(unit: str | None) -> bool:
    return unit in TIME


def is_money(unit: str | None) -> bool:
    return unit is not None and unit.split("/")[0] in MONEY
