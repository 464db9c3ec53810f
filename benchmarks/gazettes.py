"""Made-up gazettes of realistic size: official documents with prose, targets and tables, one issue after another."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

THINGS = "塘坝 茶园 校舍 书屋 冷库 堤岸 灯塔 苗圃 菌棚 渡口 窑址 油坊 栈道 鱼市 驿站 粮仓 桥涵 泵站 林场 温棚".split()
DEEDS = "养护 修缮 更新 普查 保护 提升 改造 管理 监测 扩容".split()
DOCUMENTS = 17
PARAGRAPHS = 60
ROWS = 30


def issues(megabytes: float, seed: int = 1) -> Iterator[str]:
    """Issues of some 250 KB each, until there is as much text as asked for."""
    written, number = 0, 0
    while written < megabytes * 1e6:
        text = issue(Random(seed + number), number)
        written += len(text.encode())
        number += 1
        yield text


def issue(random: Random, number: int) -> str:
    """One issue with its contents and documents."""
    year, of_year = 2001 + number // 6 % 60, number % 6 + 1
    subjects = [f"{random.choice(THINGS)}{random.choice(DEEDS)}{place}号" for place in range(DOCUMENTS)]
    titles = [f"长治市人民政府关于印发长治市{subject}实施方案的通知" for subject in subjects]
    numbers = [f"长政发〔{year}〕{of_year * 100 + place}号" for place in range(DOCUMENTS)]
    contents = "\n".join(
        f"- {title}({name}) ..... {page}" for page, (title, name) in enumerate(zip(titles, numbers, strict=True), 1)
    )
    documents = "".join(document(random, year, *facts) for facts in zip(subjects, titles, numbers, strict=True))
    return (
        f"# 长治市人民政府公报\n\n{year}年第{of_year}期\n\n(总第{number + 1}期)\n\n出版日期:{year}年{of_year * 2}月28日\n\n"
        f"# 目 录\n\n## 市政府文件\n\n{contents}\n\n{documents}"
    )


def document(random: Random, year: int, subject: str, title: str, number: str) -> str:
    """A notice with what it issues and a project table."""
    body = "\n\n".join(paragraph(random, place, year) for place in range(PARAGRAPHS))
    return (
        f"# {title}\n\n{number}\n\n各县、区人民政府，市直各有关单位：\n\n《长治市{subject}实施方案》已定，请照此办理。\n\n"
        f"长治市人民政府\n\n{year}年3月{random.randint(1, 28)}日\n\n(此件公开发布)\n\n## 长治市{subject}实施方案\n\n{body}\n\n"
        f"附件\n\n## {subject}重点项目表\n\n单位：万元\n\n{table(random)}\n\n"
    )


def paragraph(random: Random, place: int, year: int) -> str:
    """A heading now and then, otherwise prose with a target in one of three."""
    if place % 12 == 0:
        return f"### {'一二三四五'[place // 12 % 5]}、{random.choice(DEEDS)}工作"
    prose = "，".join(f"{random.choice(DEEDS)}{random.choice(THINGS)}" for _ in range(24))
    target = f"到{year + 3}年，{random.choice(THINGS)}{random.choice(DEEDS)}率达到{random.randint(60, 99)}%以上。"
    return f"({'一二三四五六七八九十'[place % 10]}){prose}。{target if place % 3 == 0 else ''}"


def table(random: Random) -> str:
    """A project table over two pages."""
    head = "序号\t项目名称\t建设内容\t总投资\t建设地点\t建设年限\t责任单位"
    rows = [
        f"{place}\t{random.choice(THINGS)}{random.choice(DEEDS)}{place}期\t{random.choice(DEEDS)}{random.randint(2, 90)}处\t"
        f"{random.randint(50, 90000)}\t城东{random.randint(1, 9)}街\t2031-2033\t市水务局"
        for place in range(1, ROWS + 1)
    ]
    half = ROWS // 2
    return "\n".join([head, *rows[:half], "", "续表", "", head, *rows[half:]])
