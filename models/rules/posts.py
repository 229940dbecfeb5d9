"""Which post (岗位) a title tells: 「局长」 heads its unit, 「副局长」 belongs to those who lead it.

Who of them has the rule of law in charge (分管负责人) no title tells: that is entered.
"""

from __future__ import annotations

import re

from models.records.organisation import POSTS

_HEAD = "局长|主任|部长|书记|院长|检察长|主席|会长|社长|台长|镇长|乡长|县长|市长|区长|校长|行长|馆长|总经理|董事长"
_LEADS = re.compile(rf"(?P<where>.*?)(?:党组|党委|党工委)?(?P<deputy>(?:第一|常务|专职)?副)?(?:{_HEAD})")
_IN_THE_LEAD = re.compile(
    r"常委$|(?:党组|党委|党工委|班子)(?:成员|委员)$|(?:纪检监察|纪检)组组?长$|总工程师$"
)
_SECTION = re.compile(r"(?:科|股|室|处|所|站|队|中心|大厅)(?:长|主任|负责人)$")
_STAFF = re.compile(r"科员|办事员|干部|工作人员|职员|[一二三四]级主任科员")


def post_told_by(title: str, unit: str) -> str:
    """Return the 岗位 that *title* in the unit called *unit* means beyond doubt, "" when it tells none.

    Of several titles (党组成员、办公室主任) the highest counts. *unit* may hold its short name too.
    """
    told = {_post_of(part.strip(), unit) for part in re.split("[、，,；;兼]", title)}
    return next((post for post in POSTS if post in told), "")


def _post_of(part: str, unit: str) -> str:
    if part in ("法制员", "联络员"):
        return part
    leads = _LEADS.fullmatch(part)
    if leads and leads["where"] in unit:  # 县委书记 of 县委, not 办公室主任 of 县司法局
        return "班子成员" if leads["deputy"] else "主要负责人"
    if _IN_THE_LEAD.search(part):
        return "班子成员"
    if _SECTION.search(part) and "副" not in part:
        return "内设机构负责人"
    return "工作人员" if _STAFF.search(part) else ""
