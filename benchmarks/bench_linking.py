"""How fast plan projects find their budget projects, and how many proposals are right, on made-up names.

``./run bench linking [PLANS BUDGETS]``; 10,000 plan projects against 1,000 budget projects by default. A third of the
budget projects carry out a plan project under a changed name, the others are of the same places and kinds.
"""

from __future__ import annotations

import os
import random
import sys
import time

import django

SIGNS = "东西南北上下前后大小高平长安和兴龙凤白青黄红石柳桃李王张赵马郭韩沟河湾坡岭峪泉塘桥寺店营堡寨庄村家头口"
THINGS = (
    "小学 中学 幼儿园 卫生院 养老院 道路 桥梁 公园 污水处理厂 供水管网 体育馆 图书馆 停车场 农贸市场 公租房".split()
)
WORKS = "改造 扩建 迁建 维修 提升 新建 加固 配套设施".split()
WRAPS = ("{}工程", "{}项目", "{}建设项目", "长治市{}", "{}（一标）", "2031年{}", "潞州区{}工程", "{}专项资金")
CITY = "140400"


def made_up(rng: random.Random) -> str:
    """A name: a place of two or three characters, what is built there and how."""
    place = "".join(rng.choice(SIGNS) for _ in range(rng.choice((2, 3))))
    return f"{place}{rng.choice(THINGS)}{rng.choice(WORKS)}"


def main(plans: int, budgets: int) -> None:
    """Match made-up names and say how long it took and how good it was."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
    django.setup()
    from imports.gazettes.likeness import BudgetSide, Matcher, PlanSide

    rng = random.Random(31)
    names = [made_up(rng) for _ in range(plans)]
    planned = {at: PlanSide(name, CITY, frozenset({rng.randrange(30)}), 2031, 2035) for at, name in enumerate(names)}
    of, side = {}, {}
    for at in range(budgets):
        plan = rng.randrange(plans)
        if at % 3 == 0:
            of[at] = names[plan]
            side[at] = BudgetSide(rng.choice(WRAPS).format(names[plan]), CITY, min(planned[plan].departments), 2032)
        else:
            side[at] = BudgetSide(made_up(rng), CITY, rng.randrange(30), 2032)
    started = time.perf_counter()
    found = list(Matcher(side).pairs(planned))
    seconds = time.perf_counter() - started
    right = sum(of.get(pair.project, side[pair.project].name) == names[pair.plan] for pair in found)
    carried = {pair.project for pair in found if of.get(pair.project) == names[pair.plan]}
    print(f"{plans:,} × {budgets:,}: {seconds:.1f} s, {len(found):,} proposals, {right:,} of them of one name")
    print(f"carried out: {len(of):,}, of these proposed: {len(carried):,}")


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:3] or ("10000", "1000")))
