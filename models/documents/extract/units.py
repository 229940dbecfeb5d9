"""Unit names (单位) in running text: where a list is cut, and what looks like a unit at all.

Cut mechanically at 、，； outside brackets, and at 及/和 that join two units; 「等部门」 and what follows is
dropped; collective units (各乡镇, 县政府各部门) are kept as written.
"""

from __future__ import annotations

import re

_ENDS = (
    "委员会|委员会办公室|办公室|办公厅|领导小组|工作组|协调小组|指挥部|人民政府|政府|党委|党组|政协|人大|纪委|监委|法院|检察院"
    "|总队|支队|大队|公安|武装部|工会|总工会|团委|妇联|联合会|协会|学会|商会|红十字会|慈善会"
    "|集团|公司|企业|银行|支行|分行|中心|分中心|报社|日报|日报社|电视台|广播|台|医院|学校|党校|大学|学院|中学|小学|研究院"
    "|街道|街镇|乡镇|镇街|乡|镇|村|社区|居委会|村委会|管委会|开发区|园区|地区|新区|被申请人|部门|单位|机构|机关|团体|处室|科室|各县|各市|各区"
    "|县级市|国务院|行政学院|供销社|气象台|海关|总署|署|总局|法制机构"
)
_UNIT = re.compile(
    rf"(?:{_ENDS}|[\u4e00-\u9fff](?:局|委|办|部|厅|院|处|站|所|社|司|科|室|会|馆|队|(?<![家出开])庭|(?<![局委办部厅院处室])组|股|协|联|区|县|市|州|盟|旗|团区委))"
    r"(?:（[^）]{1,20}）)?$"
)
_LEADING = re.compile(r"^(?:以及|及其|及|和|与|由|并|另外?|邀请|其中|包括|为|是|有关(?=县|市|省)) ?")
_ETC = re.compile(r"等(?!级|离子).*$")
_JOIN = re.compile(r"以及|及其|及|和|与|商(?=[省市州县区镇])")
_VERBS = re.compile(
    r"\d[日月]|每[年季月]|^将|按照|根据|负责|完成|推进|加强|开展|落实|组织(?!部)|进行|提出|制定|应当|不得|必须|可以|已经"
    r"|研究(?!院|室|所|中心|会|生)|通报|规范|完善|强化|深化|推动|提升|建立|健全|场所|情况|工作$|问题|建设$|制度$|会议$|要求|设[在于]|牵头|召集|主持|印发|报送|兼任|担任|同志"
)
_CUTS = "、，；,; \n"


def is_unit(name: str) -> bool:
    """Tell whether *name* looks like a unit: an ending units have, no verb, 2 to 30 characters."""
    if not 2 <= len(name) <= 30 or any(mark in name for mark in "。：“”《》"):
        return False
    return bool(_UNIT.search(name)) and not _VERBS.search(name)


def split_units(text: str) -> tuple[str, ...]:
    """Return the unit names of a printed list in order, each once, without judging them."""
    names: list[str] = []
    for piece in _pieces(text):
        name = _ETC.sub("", piece).strip(" 。：") if "等" in piece else piece.strip(" 。：")
        words = _LEADING.sub("", name).split(" ")
        several = len(words) > 1 and all(is_unit(word) for word in words)
        for part in words if several else _joined("".join(words)):
            if part and part not in names:
                names.append(part)
    return tuple(names)


def all_units(text: str) -> bool:
    """Tell whether *text* is nothing but a list of units."""
    names = split_units(text)
    return bool(names) and all(is_unit(name) for name in names)


def _pieces(text: str) -> list[str]:
    """Cut at the separators outside brackets."""
    pieces: list[str] = []
    buffer: list[str] = []
    depth = 0
    for character in text:
        if character in "（〔[":
            depth += 1
        elif character in "）〕]":
            depth = max(0, depth - 1)
        if character in _CUTS and depth == 0:
            pieces.append("".join(buffer))
            buffer = []
        else:
            buffer.append(character)
    return [*pieces, "".join(buffer)]


def _joined(name: str) -> list[str]:
    """Cut at 和/及/与 where both sides are units: 「县法院和县检察院」, but not 「市人力资源和社会保障局」."""
    for match in _JOIN.finditer(name):
        left, right = name[: match.start()], name[match.end() :]
        if is_unit(left) and is_unit(right) and not _one_name(left, right):
            return [left, *_joined(right)]
    return [name]


def _one_name(left: str, right: str) -> bool:
    """「市住房和城乡建设局」 is one name; so is what has no area before the second half of a lone office."""
    return left.endswith(("社会", "经济", "文化", "区域"))
