"""Who a clause speaks of: the actor before its verb (「各成员单位应于…」 → 「各成员单位」)."""

from __future__ import annotations

import re
from functools import lru_cache

_ACTOR_ENDS = (
    "中心组|领导小组|协调小组|工作组|专班|小组|委员会|常委会|办公室|指挥部|联席会议|党委|党组|政府(?!建设|工作|网|采购|信息|购买|职能)|部门|机构|机关|单位|局(?![长面限])"
    "|委(?![员托会办])|办(?![公法理事件案学好])|厅|室(?![内外])|科(?![学技研目普])|[河林田湖路街警校局县市区镇乡部会行所处科股队站]长|法庭|新媒体|干警|民警|调委会|书记|委员(?!会)|教师|院(?!长)|部(?![署分门委队级长位])|站(?!点)|所(?![有在属需得以])|中心(?!工作|任务)"
    "|公司|学校|乡镇|街道|镇街|街镇|镇(?![委政])|村(?![级民务])|社区|区(?![域别委直政级])|县(?![委直政级区])|市(?![委直政级场民区])"
    "|干部|人员|公务员|班子成员|领导班子|班子|负责人|负责同志|成员(?!单位)|主任|组长|召集人|顾问|代表|律师|员(?![工额会单])|企业|工会|团委"
    "|妇联|法院|检察院|支部|协会|联(?![席系合动络])|领导(?!小组|班子|干部)|同志|支队|大队|县级市|园区|开发区"
)
_ACTOR = re.compile(rf".*(?:{_ACTOR_ENDS})(?:（[^）]*）)?")
_NO_ACTOR = re.compile(
    r"制定(?!机关)|出台|加入|强化|深化|加快|提高|打造|培[育养]|推[动行进]|规范(?![化性])|健全|实行|发挥|突出|继续|进一步|委托|开展|完善|加强|明确|落实"
    r"|成立|设立|纳入|确保|保障|做到|严格|充分|支持|鼓励|引进|[。”]|^(?:也|可|要求|通过|按照|根据|围绕|建立|坚持|组织|为了?|以|对|向|每|将|把|不)"
)
_CUT = re.compile(
    r"应当|应该|应(?!急|诉|用)|(?<![主重需首])要(?!点|素|求)|须|需(?!求)|必须|可以|原则上|一般|每|按照|按期|按时|按(?!.{0,3}揭)|于|在(?![编岗职校])|向(?!阳)|对(?!外|口|台)|将"
    r"|把|由(?!.{0,20}组成)|根据|依据|结合|通过|组织(?!部)|开展|召开|安排|报送|负责(?!人|同志)|定期|至少|接受|参加|撰写|集中|听取"
    r"|制定(?!机关)|研究(?!院|室|所|中心)|进行|会同|牵头|不少于|不得少于|法律知识|全年|年内|分别|围绕|落实|建立|完善|坚持|带头|主持|召集|认真|做好|加强"
)
_LEAD_IN = re.compile(
    r"^(?:\d{1,3}[.、]|其中|同时|此外|另外|对|是否|原则上|并且?|且|和|及|以及|各自|从.{2,8}起|按照[^，]*|根据[^，]*|凡)[，]?"
)


@lru_cache(maxsize=4096)
def subject(text: str) -> str:
    """Return the actor a clause begins with, or "": what stands before its verb and ends like an actor."""
    text = _LEAD_IN.sub("", _LEAD_IN.sub("", text.split("，")[0].strip(" “”（"))).removeprefix("对")
    cut = next((match.start() for match in _CUT.finditer(text) if match.start() >= 2), len(text))
    match = _ACTOR.match(text[:cut])
    who = (
        re.sub(r"^(?:由|请|在(?![编岗职校])|是否|建立健全|督促|指导|要求)", "", match.group())
        if match
        else ""
    )
    who = _whole_bracket(who, text)
    if match and text[match.end() :].startswith(("会议", "办公会", "碰头会")):
        who = re.sub(r"(?<=.)(?:主任|组长|召集人)$", "", who)
    return "" if not 2 <= len(who) <= 40 or _NO_ACTOR.search(who) else who


def _whole_bracket(who: str, text: str) -> str:
    """「各村（社区」 → 「各村（社区）」 as in the text, or what stands before an open bracket."""
    if who.count("（") <= who.count("）"):
        return who
    end = text.find("）", text.find(who) + len(who))
    return (
        who + text[text.find(who) + len(who) : end + 1]
        if 0 <= end <= len(who) + 12
        else who.partition("（")[0]
    )
