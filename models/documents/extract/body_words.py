"""Words and patterns of bodies: how a text names, sets up, composes and seats them."""

from __future__ import annotations

import re

from models.documents.proposals import BodyKind, PostKind

SUFFIX = (
    "领导小组|协调小组|工作小组|协调指导办公室|推进办公室|工作专班|专班|工作委员会|委员会|联席会议|指挥部|工作组|专项组|推进组"
    "|专责小组|小组|专家组|(?:督[察查导]|检查|评[查审估]|考核|调查|验收)组|讲师团|宣讲团|服务团|顾问团|办公室|协调机制|工作机制"
)
_NAME = rf"[^，。；：！？\n（）]{{0,40}}?(?:{SUFFIX})"
MENTION = re.compile(rf"(?P<name>[^，。；：、（）《》\n]{{2,40}}(?:{SUFFIX}))(?<!办公室)")
OWNER = re.compile(rf"(?P<name>[^，。；：]{{2,30}}(?:{SUFFIX}|组))$")
IS_NAME = re.compile(
    rf"(?P<name>[^，。；：！？（）]{{2,40}}(?:{SUFFIX}|组(?![织成长员建])))(?:制度)?(?P<tail>[^，。；：]{{0,12}})：?$"
)
ROSTER_HEAD = re.compile(r"(?:名单|组成人员|成员|组成|（[^）]*）)$")
SET_UP = re.compile(
    r"(?:调整充实|充实调整|调整完善|建立健全|成立|(?<!下)设立|组建|建立|调整|充实)了?+"
    rf"(?![由以])(?P<name>[^，。；：！？\n]{{0,40}}?(?:{SUFFIX}))(?!的?成员单位)(?=[，。；（ \n的为：]|制度|组成|成员|及|$|工作|并|和)"
)
SET_UP_BY = re.compile(
    rf"(?:成立|设立|组建|建立)了?[由以](?P<by>[^。；]{{4,200}}?)的(?P<name>[^，。；的]{{0,40}}?(?:{SUFFIX}))"
)
TITLE = re.compile(
    rf"关于(?:[^《》]{{0,6}})?(?:调整充实|成立|设立|组建|建立|调整|充实|印发《?)(?P<name>[^《》]{{0,60}}?(?:{SUFFIX}))"
    r"(?:制度)?(?:的|组成|成员|及|工作|有关|和|人员|名单|》|议事|主要|职责)"
)
TITLE_RULES = re.compile(
    rf"(?:^|关于[^《》]{{0,4}}印发《?|《)(?P<name>[^《》]{{4,60}}?(?:{SUFFIX}))"
    r"(?:成员单位|成员|组成人员|全体会议|会议|主要)?(?:工作|议事|运行)?(?:规则|制度|细则|职责|办法|规程|章程|方案|名单)"
)
TITLES = (TITLE, TITLE_RULES)
MEMBER_HEAD = re.compile(r"[^，。；：]{0,12}(?:成员|组成|参加)单位：?")
OFFICE_HEAD = re.compile(r"(?:领导小组|委员会|联席会议)?(?:下设)?办公室(?:设置)?")
COMPOSED = re.compile(
    r"(?:的?(?:党政)?(?:各?[一1][名位])?(?:主要|分管|有关|相关)?(?:负责同志|负责人|领导))?(?:共同)?组成(?!人?员|部分|单位|名单)"
)
COMPOSED_BY = re.compile(
    rf"(?:(?P<subject>{_NAME})(?:成员(?:单位)?)?|(?:^|(?<=[，：]))(?:成员单位|成员)?)(?:制度)?(?:（[^）]*）)?(?:主要)?由(?P<list>.*)$"
)
COMPOSED_INTO = re.compile(
    rf"(?:由|邀请)(?P<list>[^。；由]{{6,300}}?)(?:共同|联合)?组成(?P<name>[^，。；]{{2,30}}?(?:{SUFFIX}))"
)
MEMBERS = re.compile(
    r"(?P<subject>[^，。；：、]{0,30}?)成员单位(?:包括|分别(?:为|是)|有|为|是|由)?：?(?P<list>.*)"
)
AS_MEMBERS = re.compile(r"(?:担任|任|为|是|作为)(?P<subject>[^，。；]{0,20}?)成员(?:单位)?(?=[，。；]|$|的)")
HELD_BY = re.compile(r"成员由(?P<list>[^。；]{4,400}?)(?:担任|兼任)(?=[，。；]|$)")
ALL_OF_THEM = re.compile(
    r"(?:(?:等|等?(?:\d+|[一二三四五六七八九十]+)个)(?:有关|相关)?(?:职能)?(?:部门和单位|部门|单位)?)?"
    r"(?:的?(?:主要|分管|有关|相关|党政)?(?:负责同志|负责人|领导同志|领导|副职|同志|工作人员))?$"
)
SEAT = re.compile(
    rf"(?P<subject>{_NAME})?(?:[，（]|，并|下设|日常)?(?:地点)?(?:设立?在|设于|挂靠在?|(?<=办公室)[在于])(?P<seat>[^，。；：）\n]{{2,40}})"
)
LEAD = re.compile(
    r"(?:牵头|召集|组长)单位(?:为|是|：)(?P<unit>[^，。；、]{2,20})|(?:^|[，。；])(?P<unit2>[^，。；、由]{2,20}?)(?:为|是|作为)[^，。；]{0,12}(?:牵头|召集|组长)单位"
)
CONVENED = re.compile(r"由(?P<unit>[^，。；由]{2,40}?)(?:负责)?(?:牵头|召集)")
POST = re.compile(
    r"(?P<unit>[^，。；：由]{0,30}?)(?P<post>(?:党政)?(?:主要|分管|有关|相关)?(?:负责同志|负责人|领导同志|领导))"
    r"(?:担任|兼任|任|为)(?P<role>[^，。；]{0,12}?(?:主任|组长|召集人|成员|委员|指挥长))(?=[，。；（]|$|的)"
)
POST_HELD = re.compile(
    r"(?:^|(?<=[，。；]))(?P<role>(?:办公室)?(?:主任|组长|召集人|指挥长))由(?P<unit>[^，。；：由]{2,30}?)"
    r"(?P<post>(?:党政)?(?:主要|分管)(?:负责同志|负责人|领导同志|领导))(?:担任|兼任)"
)
_POST_KINDS: tuple[tuple[str, PostKind], ...] = (
    ("主要", "主要负责人"),
    ("分管", "分管负责人"),
    ("负责", "负责人"),
)
_KINDS: tuple[tuple[str, BodyKind], ...] = (
    ("联席会议", "联席会议"), ("协调指导办公室", "协调指导办公室"), ("协调小组", "协调小组"), ("领导小组", "领导小组"),
    ("工作组", "工作组"), ("专班", "工作组"), ("专项组", "工作组"), ("委员会", "委员会"), ("办公室", "办公室"),
)  # fmt: skip
TRIM = re.compile(
    r"^(?:的|了|和|与|及|以|现将|现对|将|对|本|设立|健全|成立|调整|充实|完善|相应的?|新的|全市性|专门的?|各级|各地|各单位|各部门|一个)+"
)
GENERIC = re.compile(rf"^(?:该|本|各|相应|有关|其|上述|下设|工作)?(?:{SUFFIX})+$")
CONTACT = re.compile(r"电话|手机|邮箱|传真|\d{3,4}-\d|\d{7}")
SEVERAL = re.compile(r"[二两三四五六七八九十\d]个")
NO_MEMBER = re.compile(
    r"^$|成员单位|下设|设[在于]|[担兼]任|任.{0,6}(?:主任|组长)|^(?:主任|副主任|召集人|成员)$"
)
_NAMES_MEMBERS = re.compile(
    r"[^。：]{2,80}(?:负责人|负责同志|领导|代表|单位|部门|人员|[局县市区镇乡部院校行]长|主任|书记)[；。]?"
)
NOT_UNITS = re.compile(
    r"^(?:组长|副组长|主任|副主任|委员|成员|召集人|主席|秘书长|以下|若干)|人员$|同志$|[^表]组成|代表$"
)


def tidy(name: str) -> str:
    """Return a full body name without what leads up to it, or "" for a bare 「领导小组」."""
    name = name.strip(' ，“”"《》')
    name = re.sub(r"^.*(?:决定|同意|现将|更名为)", "", name)
    name = re.sub(r"^.*(?:研究|根据[^，]*)", "", name) if len(name) > 12 else name
    name = TRIM.sub("", name)
    return "" if GENERIC.match(name) or len(name) < 3 or SEVERAL.search(name) else name


def office_role(match: re.Match[str], body: str, line: str) -> str:
    """「办公室设在县司法局，局长张某任主任」 makes him 办公室主任, not head of the body."""
    role = match["role"].replace(" ", "")
    if not re.fullmatch(r"(?:第一|常务)?副?主任", role) or body.endswith("办公室"):
        return role
    before = line[: line.find(match.group())]
    return f"办公室{role}" if re.search(r"办公室(?:主任|设|地点)", before) else role


def after_last_role(text: str) -> str:
    """Keep what follows the last other role: 「由县长任组长，甲局、乙局」 → 「甲局、乙局」."""
    parts = re.split(r"(?:担任|兼任|任|为)[^，。；、]{0,8}(?:组长|主任|召集人|指挥长|主席)[，、]", text)
    tail = parts[-1]
    return tail.rpartition("：")[2] if "：" in tail else tail


def without_post(name: str) -> str:
    """「县财政局主要负责同志」, 「联席会议由县财政局牵头」 → 「县财政局」."""
    return re.sub(
        r"(?:的)?(?:党政)?(?:主要|分管|有关|相关)?(?:负责同志|负责人|领导同志|领导|同志|工作人员|牵头|参加|参与)$",
        "",
        name.rpartition("由")[2],
    )


def names_members(line: str) -> bool:
    """Tell whether a line below a roster seems to name more members and says nothing else."""
    return bool(_NAMES_MEMBERS.fullmatch(line)) and not NO_MEMBER.search(line)


def is_heading_name(name: str) -> bool:
    """Tell whether a heading names one body, not several (「下设四个协调小组」)."""
    return "下设" not in name and not SEVERAL.search(name)


def body_kind(name: str) -> BodyKind:
    """Guess the kind of a body from how its name ends."""
    return next((kind for word, kind in _KINDS if name.endswith(word)), "其他")


def post_kind(words: str) -> PostKind:
    """Return the kind of post 「主要负责同志」, 「分管领导」 … mean."""
    return next((kind for word, kind in _POST_KINDS if word in words), "负责人")
