"""Break a title by sense into a 梯形 or 菱形 (GB/T 9704-2012, 7.3.1: 词意完整，排列对称，长短适宜，间距恰当).

Every way of breaking has a cost: how far the lines are from the nearest good shape, plus how badly each break
cuts the sense. The cheapest wins. Pure.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from reports.paper.linebreak import may_end

# Words of the office that a title must not cut.
_WORDS = """
    全面依法治县 全面依法治区 全面依法治市 依法治县 依法治区 依法治市 依法治理 依法行政 法治政府
    法治建设 法治社会 法治督察 委员会 办公室 领导小组 协调小组 工作小组 工作组 专班 人民政府
    人民法院 人民检察院 司法局 公安局 党委 政府 县委 区委 市委 联席会议 全体会议 成员单位
    组成人员 主要负责人 第一责任人 分支机构 协调指导 会议纪要 会议 纪要 通知 通报 报告 请示 批复
    意见 方案 办法 细则 规定 规则 制度 机制 计划 规划 要点 总结 清单 名单 台账 情况 回执 议程
    工作 行政执法 执法监督 守法普法 司法 立法 执法 规范性文件 行政复议 行政应诉 法律顾问 普法
    宣传 教育 培训 学习 考核 评价 评估 督察 督查 督办 检查 整改 落实 推进 加强 进一步 开展 召开
    举办 调整 成立 设立 建立 健全 完善 印发 转发 报送 做好 实施 贯彻 上半年 下半年 年度 季度
    专题 专项 任务 分工 责任 述法 述职 党政 国家 机关 人员 干部 领导 公务员 第一次 第二次 第三次
    第四次 第五次 优化 营商环境 矛盾纠纷 基层 乡镇 街道 社区 示范 创建 活动 服务 管理 体系 能力
    问题 事项 征求 修改 废止 解读 公布 公开 统计 汇总
"""
_AFTER = "、 》 ） ， ： 印发 转发 调整 成立 召开 开展 做好 办公室 委员会 政府"
WORDS = tuple(_WORDS.split())
_GOOD_BEFORE = ("关于", "《", "（", "暨", "及", "和", "与", "并")
_GOOD_AFTER = tuple(_AFTER.split())
_LONGEST = 200
_STEP = 2.5  # how much longer, in characters, each line of a 梯形 is than the one above


def break_title(text: str, room: float) -> list[str]:
    """Return the lines of title *text*; *room* is the width of a line in characters (Latin counts a half).

    Breaks the writer made with a new line are kept. A title beyond reason is cut into full lines.
    """
    result: list[str] = []
    for part in text.split("\n"):
        result += list(_break(part.strip(), room)) or [""]
    return result


@lru_cache(maxsize=256)
def _break(text: str, room: float) -> tuple[str, ...]:
    if _width(text) <= room:
        return (text,)
    if len(text) > _LONGEST:
        step = int(room)
        return tuple(text[i : i + step] for i in range(0, len(text), step))
    penalties = [0.0, *(_penalty(text, i) for i in range(1, len(text))), 0.0]
    fewest = int(-(-_width(text) // room))
    best: tuple[float, tuple[int, ...]] = (float("inf"), ())
    for count in (fewest, fewest + 1):
        for shape in _shapes(count, _width(text), room):
            best = min(best, _cheapest(text, penalties, shape, room))
    cuts = best[1] or tuple(range(int(room), len(text), int(room)))
    edges = [0, *cuts, len(text)]
    return tuple(text[a:b].strip() for a, b in pairwise(edges))


def _width(text: str) -> float:
    return sum(0.5 if char < "\u0100" else 1.0 for char in text)


def _shapes(count: int, width: float, room: float) -> list[list[float]]:
    """Return the widths of *count* lines in each good shape: 正梯形, 倒梯形 and, from three lines, 菱形."""
    mean = width / count
    step = min(_STEP, max(0.0, 2 * (room - mean) / max(1, count - 1)))
    ramp = [mean + step * (i - (count - 1) / 2) for i in range(count)]
    shapes = [ramp, ramp[::-1]]
    if count >= 3:
        bulge = [min(i, count - 1 - i) * step for i in range(count)]
        offset = mean - sum(bulge) / count
        shapes.append([offset + extra for extra in bulge])
    return shapes


def _cheapest(
    text: str, penalties: list[float], shape: list[float], room: float
) -> tuple[float, tuple[int, ...]]:
    """Return (cost, cuts) of the best way to break *text* into lines near the widths of *shape*."""
    size = len(text)
    widths = [0.0]
    for char in text:
        widths.append(widths[-1] + _width(char))
    states: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line, target in enumerate(shape):
        last = line == len(shape) - 1
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in states.items():
            for end in [size] if last else range(start + 1, size):
                line_width = widths[end] - widths[start]
                if line_width > room:
                    break
                total = cost + (line_width - target) ** 2 + penalties[end]
                if line_width < 3:
                    total += 200  # a lonely character or two
                if end not in following or total < following[end][0]:
                    following[end] = (total, cuts if last else (*cuts, end))
        states = following
    return states.get(size, (float("inf"), ()))


def _penalty(text: str, index: int) -> float:
    """Return how badly a break before ``text[index]`` cuts the sense; small or negative is good."""
    before, after = text[:index], text[index:]
    if not may_end(text, index) or (text[index - 1].isascii() and text[index].isascii()):
        return 1000.0
    cost = 12.0
    if any(_cuts(text, index, word) for word in WORDS):
        cost += 60
    if before.count("《") > before.count("》") or before.count("（") > before.count("）"):
        cost += 25
    if text[index] in "的了之县区市省州镇乡" or text[index - 1] in "第每各" or before.endswith("关于"):
        cost += 80
    if text[index + 1 : index + 2] in tuple("县区市省州镇乡"):  # 清|河县
        cost += 40
    if text[index - 1].isascii() and text[index] in "年月日号次届个件项":
        cost += 80
    if after.startswith(_GOOD_BEFORE):
        cost -= 10
    if before.endswith(_GOOD_AFTER) or text[index - 1] == "的":
        cost -= 8
    return cost


def _cuts(text: str, index: int, word: str) -> bool:
    """Tell whether *word* stands across the break."""
    start = text.find(word, max(0, index - len(word)), index + len(word))
    return 0 <= start < index < start + len(word)
