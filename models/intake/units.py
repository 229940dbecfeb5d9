"""Find the unit that a text means among those on record, so that none is ever entered twice.

「澜溪县司法局」, 「县司法局」 and 「司法局」 are one unit for an office of 澜溪县; 「市司法局」 is another one.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from models.records.base import Look
from models.records.organisation import Unit

_AREA = re.compile(
    r"(?:中共)?(?P<area>(?![省市县区州旗盟](?:委|人民|政府))[\u4e00-\u9fff]{2,7}?(?:自治州|自治县|地区|新区|街道|市|县|区|州|盟|旗|镇|乡))"
)
# A single 市, 县 or 区 is the area's level only where it does not begin another word (市场监督管理局).
_NOT_LEVEL = re.compile(r"市(?:场|容|民|政(?!府|协|法))|县域|区(?:域|块)|州际")
_LEVELS = {
    "省": "省",
    "市": "市",
    "州": "市",
    "县": "县区",
    "区": "县区",
    "旗": "县区",
    "镇": "镇街",
    "乡": "镇街",
}
_CATEGORIES = (
    (r"报社|日报|报业|广电|广播|电视|融媒", "媒体"),
    (r"纪委|监委|纪律检查", "纪委监委"),
    (r"人大", "人大"),
    (r"政协", "政协"),
    (r"法院|检察院", "法检"),
    (r"工会|团委|共青团|妇联|妇女联合会|残联|残疾人联合会|工商联|文联|科协|侨联|红十字会|法学会", "群团"),
    (r"集团|公司|银行|支行", "企业"),
    (r"(?:镇|乡|街道)(?:党委|党工委|人民政府|政府|办事处)?$", "镇街"),
    (r"(?:村|社区)(?:村?委会|居委会)?$", "村居"),
    (r"(?:学校|中学|小学|学院|大学|党校)$", "学校"),
    (r"^(?:中共|共)?.{0,8}?[市县区省州旗]委(?!员会办公厅)|组织部|宣传部|统战部|政法委|编办|机关工委|农工办", "党委"),
    (r"中心$|医院$|研究院$", "事业单位"),
    (r"[局办委厅]$|政府|委员会$|大队$|支队$", "政府"),
)  # fmt: skip


def plain(name: str) -> str:
    """Return *name* as it is compared: one width, no blanks, quotes or marks."""
    return re.sub(r"[\s“”\"《》·]", "", unicodedata.normalize("NFKC", name))


def without_area(name: str, area: str) -> str:
    """Return *name* without the name, the stem or the level of the office's own *area* before it."""
    kept = plain(name)
    kept = kept.removeprefix("中共") if len(kept) > 4 else kept
    if not area:
        return kept
    for prefix in (area, area[:-1] if len(area) > 2 else "", area[-1]):
        if prefix and kept.startswith(prefix) and len(kept) - len(prefix) >= 2:
            if len(prefix) == 1 and _NOT_LEVEL.match(kept):
                continue
            return kept[len(prefix) :]
    return kept


def area_in(name: str) -> str:
    """Return the area that a body's or office's full name begins with, "" when it names none."""
    found = _AREA.match(plain(name))
    return found["area"] if found else ""


def category_of(name: str) -> str:
    """Return the category (单位类别) that a unit's name tells, 其他 when it tells none."""
    return next((word for pattern, word in _CATEGORIES if re.search(pattern, plain(name))), "其他")


def level_of(name: str, area: str) -> str:
    """Return the level (层级) that a unit's name tells, "" when it tells none."""
    kept = plain(name)
    if category_of(kept) in ("镇街", "村居"):
        return category_of(kept)
    named = kept.startswith((area, area[:-1])) if len(area) > 2 else False
    return _LEVELS.get(area[-1] if named else kept[:1], "")


class UnitIndex:
    """The units on record, found by full name, short name, or name without the area before it."""

    def __init__(self, look: Look, area: str, on: date) -> None:
        self._look = look
        self._area = area
        self._on = on
        self._by_name: dict[str, Unit] = {}
        self._by_core: dict[str, Unit] = {}
        for unit in look.find(Unit):
            self.add(unit)

    def add(self, unit: Unit) -> None:
        """Let *unit* be found; of several that share a name the first one is."""
        for name in (unit.name, unit.short_name):
            if name:
                self._by_name.setdefault(plain(name), unit)
                self._by_core.setdefault(without_area(name, self._area), unit)

    def find(self, name: str) -> Unit | None:
        """Return the unit *name* means: its successor when it was merged before the day asked for."""
        unit = self._by_name.get(plain(name)) or self._by_core.get(without_area(name, self._area))
        seen: set[str] = set()
        while unit and unit.successor and unit.valid_until and unit.valid_until < self._on:
            if unit.id in seen:
                break
            seen.add(unit.id)
            unit = self._look.get(Unit, unit.successor) or unit
        return unit
