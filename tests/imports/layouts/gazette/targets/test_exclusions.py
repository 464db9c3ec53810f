"""Norms, grants, meetings, floods and reports: figures that nobody is to reach."""

from __future__ import annotations

import pytest

from tests.imports.layouts.gazette.targets.reading import facts


@pytest.mark.parametrize(
    "text",
    [
        "执法人员不得少于2人，并应当出示证件。",
        "零售点与学校的距离不少于100米。",
        "围挡高度不得低于2.5米。",
        "每班配备2名教师和1名保育员。",
        "公共场所每200平方米至少配备2具灭火器。",
        "每栋住宅不少于2部电梯的规定适用于高层住宅。",
        "首付款比例不低于20%。",
        "民办学校注册资金不少于300万元。",
        "评审委员会成员人数为5人以上单数，其中外地专家不少于2名。",
        "所称高龄津贴，是指对老年人发放的补贴，每月不低于100元。",
        "参会人员控制在50人以内。",
        "每周工作时间不超过44小时。",
        "加分项最高不超过10分。",
    ],
)
def test_norms(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "单位面积补贴标准为每亩120元，最高不超过50万元。",
        "支持额度为投资额的15%，单户企业不超过1000万元。",
        "对营业收入首次突破1亿元、5亿元的企业，分别奖励20万元、50万元。",
        "贷款贴息比例为50%，贴息期限最长不超过3年。",
        "资金来源为：市级财政安排80万元，县级配套20万元。",
    ],
)
def test_grants(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "历史最大洪水发生在1963年，洪峰流量达到4500立方米每秒。",
        "2021年发生两次洪水，受灾人口达23万人。",
        "经测算，人均用电量约为4600千瓦时。",
        "2029年完成产值1860亿元，同比增长5.8%。",
        "上半年工业增加值增长7.2%，高于全国平均水平1.1个百分点。",
        "生产总值由3200亿元增加到4300亿元，年均增长6.1%。",
        "新增就业3.9万人，失业率低于控制目标1.3个百分点。",
        "全市共有党员18万名，基层党组织9800个。",
    ],
)
def test_reports(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "到2031年，较大事故起数同比下降10%以上。",
        "在具备条件的县，到2031年建成商业街区3条以上。",
        "推进机场项目前期工作，2031年建成跑道2条。",
        "到2031年，群众获得感明显增强，满意率达到95%。",
        "到2031年，造林保存率不低于90%。",
        "招商引资到位资金450亿元以上。",
        "每个县至少建有1所供养机构。",
    ],
)
def test_what_only_looks_like_them(text: str) -> None:
    assert len(facts(text)) == 1
