"""Which units have which role in a task: by label (牵头单位：…), by bracket (…负责), by phrase (由…牵头)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.documents.extract.units import all_units, is_unit, split_units

_LABEL = re.compile(
    r"(?:其[他它])?(?P<label>牵头(?:单位|部门|责任单位)|主办(?:单位|部门)|(?:主要)?责任(?:单位|部门|主体|[科股处]室)|负责(?:单位|部门|考核部门)|配合(?:单位|部门)"
    r"|协[办同助](?:单位|部门)|参[加与](?:单位|部门)|主责(?:单位|部门)|落实单位|承办(?:单位|部门)|(?:完成|整改|办理|办结)(?:时限|时间|期限)|时间要求|时限要求"
    r"|时间节点|责任人|责任领导|牵头领导|联系人)(?:(?:及[^：]{1,6})?(?:为|是)?： ?|[为是](?=[^，。；]*[局委办部院]))"
)
_LEAD_LABEL = re.compile(r"牵头(?:单位|部门|责任)|主办|主责")
_TIME_LABEL = re.compile(r"时限|时间")
_PERSON_LABEL = re.compile(r"责任人|领导|联系人")
_ORDER = re.compile(
    r"(?:排在?第一位?的?|列在?首位的?|排首位的?|排名第一的?|列第一位的?)(?:者|部门|单位|责任单位)?为?(?:部门|单位)?(?:为|是)?牵头"
)
_BRACKET = re.compile(r"（(?P<inside>[^（）]*(?:（[^（）]*）[^（）]*)*)）[。；]?")
_ROLE = "(?:负责)?牵头(?:负责|组织|落实|抓总|推进)?|配合(?:实施|落实)?|参与|参加|协助|协办|协同(?:推进|配合)?|负责(?:落实)?|落实"
_ROLE_LAST = re.compile(rf"(?P<units>.*?)(?P<role>{_ROLE})")
_SHARED = re.compile(
    r"(?:等(?:有关|相关)?(?:部门|单位|部门和单位)?)?(?:按照?(?:各自)?(?:职责|职能)(?:分工)?|分别|各自|共同|具体"
    r"|予以|积极|密切|全力|做好)+$"
)
_PHRASE = re.compile(
    r"(?:^|(?<=[，。；：]))(?:会议(?:要求|议定|决定|明确)，?)?由?(?P<units>[^，。；：]{2,80}?)"
    r"(?:负责)?(?P<role>牵头|主办|配合|协助|参与|参加(?!会议)|协同|会同|负责(?![人同])|具体负责|落实$)"
)
_BY = re.compile(
    r"由(?P<units>[^，。；：由]{2,80}?)(?:负责)?(?P<role>牵头|会同|统筹|负责(?![人同])|组织(?!部)"
    r"|根据|按照|修改|起草|做好|抓好|落实|尽快|协调|汇总|进一步|承担|印发|按|具体|承办|实施|从|负总责)"
)
_OUGHT = re.compile(
    r"要|应|须|做好|抓好|负责(?![人同])|给予|提供|组织(?!部)|制定|开展|各明确|各确定|分别|[于在将可]|每[年月季半]|作为|全程"
    r"|积极|主动|足额|加[强快大]|严格|继续|统筹|保障(?![局部厅中])|依法(?!治)|(?=\d{1,2}月)|尽快|抓紧|参照|对(?!外|口|台)|研究(?!院|室|所|中心|会)"
)
_ASKED = re.compile("请|责成")
_JOINED = re.compile(r"会同|联合|商(?!务|业)")
_ASIDE = re.compile(r"（(?:[^（）]{9,}|[^（）]*(?:由|负责|牵头|会同)[^（）]*)）")
_ROUND_BRACKETS = str.maketrans("【】〔〕", "（）（）")
_DONE = re.compile(
    r"(?P<date>(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|份|上旬|中旬|下旬)?|年?底)(?:之?以?前)|\d{4}年(?:\d{1,2}月)?底)"
)
_RECURRING = re.compile(r"(?:每|次|翌|上|各)(?:年度?|季度?|月|半年)?(?:度)?(?:首月|末月|末)?$")


@dataclass(frozen=True, slots=True)
class Roles:
    """Units of a task by role, and the completion dates its labels give."""

    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    deadline: str = ""

    def __bool__(self) -> bool:
        return bool(self.lead or self.responsible)


def by_label(text: str, first_leads: bool) -> Roles:
    """Read 「牵头单位：甲局，配合单位：乙局、丙局」; a label alone may hold a phrase (甲局牵头，乙局配合)."""
    text = text.translate(_ROUND_BRACKETS)
    found = list(_LABEL.finditer(text))
    lead: list[str] = []
    responsible: list[str] = []
    deadline = ""
    for position, match in enumerate(found):
        end = found[position + 1].start() if position + 1 < len(found) else len(text)
        content = _until_stop(text[match.end() : end])
        if _TIME_LABEL.search(match["label"]):
            deadline = deadline or content
        elif not _PERSON_LABEL.search(match["label"]):
            leads, others = _content(content)
            lead += leads
            (lead if _LEAD_LABEL.search(match["label"]) else responsible).extend(others)
    if first_leads and not lead:
        lead, responsible = responsible[:1], responsible[1:]
    return _roles(lead, responsible, deadline)


def by_bracket(text: str, first_leads: bool) -> Roles:
    """Read a bracket that holds units: 「（甲局牵头，乙局配合）」, and at the end of an item 「。（甲局、乙局）」."""
    text = text.translate(_ROUND_BRACKETS)
    for match in reversed(list(_BRACKET.finditer(text))):
        inside = re.split(r"，(?=排|列)", match["inside"])[0]
        inside = re.sub(r"[，；](?:\d|持续|长期|全年|年底)[^，；]*$", "", inside)
        closes = match.end() == len(text) and text[max(match.start() - 1, 0) : match.start()] in set(
            "。； "
        ) | {""}
        if not re.search(r"负责|牵头|配合|参与|参加", inside) and not (closes and all_units(inside)):
            continue
        lead, responsible = ([name for name in names if is_unit(name)] for names in _content(inside))
        if lead or responsible:
            if first_leads and not lead:
                lead, responsible = responsible[:1], responsible[1:]
            return _roles(lead, responsible, "")
    return Roles()


def by_phrase(text: str, minutes: bool) -> Roles:
    """Read 由X牵头，Y配合 / X会同Y; in *minutes* also whom a decision gives something to do (X要…)."""
    lead: list[str] = []
    responsible: list[str] = []
    text = re.sub("(牵头|负责|配合)、", r"\1，", _ASIDE.sub("", text))
    for clause in re.split("[，。；：]", text):
        joined = _JOINED.match(clause)
        if joined and (lead or responsible):
            responsible += _leading_units(clause[joined.end() :])
            continue
        for pattern in (_BY, _PHRASE):
            match = pattern.search(clause)
            if match is None or not (units := _named(match["units"])):
                continue
            role = match.groupdict().get("role") or ""
            (lead if role in {"牵头", "主办"} else responsible).extend(units)
            if role == "会同":
                responsible += _leading_units(clause[match.end() :])
            break
        else:
            if minutes:
                asked = _ASKED.match(clause)
                responsible += _leading_units(clause[asked.end() :]) if asked else _ordered(clause)
    return _roles(lead, responsible, "")


def first_leads(text: str) -> bool:
    """Tell whether the text declares the first unit of each list the lead."""
    return bool(_ORDER.search(text)) or "第一位的部门为牵头" in text


def completion_dates(text: str) -> str:
    """Return the completion dates in running text, joined by ；; recurring and relative dates are left out."""
    found: list[str] = []
    for match in _DONE.finditer(text):
        if (
            not _RECURRING.search(text[max(0, match.start() - 6) : match.start()])
            and match["date"] not in found
        ):
            found.append(match["date"])
    return "；".join(found)


def without_label(text: str) -> str:
    """Return *text* up to its first label of units."""
    match = _LABEL.search(text)
    return text[: match.start()].rstrip("（ ") if match else text


def _content(text: str) -> tuple[list[str], list[str]]:
    """Split the content of a label or bracket into leads and others; a role follows its units."""
    lead: list[str] = []
    others: list[str] = []
    waiting: list[str] = []
    for clause in re.split("[，；。]", re.sub(f"({_ROLE})、", r"\1，", text)):
        match = _ROLE_LAST.fullmatch(clause)
        units = _SHARED.sub("", match["units"]) if match else clause
        waiting += [name for part in re.split("会同|联合", units) for name in split_units(part)]
        if match:
            (lead if "牵头" in match["role"] else others).extend(waiting)
            waiting = []
    lead += [name.removesuffix("（牵头）") for name in (*others, *waiting) if name.endswith("（牵头）")]
    return lead, [name for name in (*others, *waiting) if len(name) <= 30 and not name.endswith("（牵头）")]


def _until_stop(text: str) -> str:
    """Cut a label's content at 。；or the bracket that closes around it."""
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "（") - (character == "）")
        if depth < 0 or character == "\n" or (depth == 0 and character in "。；"):
            return text[:index].rstrip("，")
    return text.rstrip("，。；（")


def _named(text: str) -> list[str]:
    text = re.sub(
        r"^(?:（?[\d一二三四五六七八九十]{1,2}[.、）])?(?:\d{1,2}月[^，]{0,6}前)?"
        r"(?:由|会议(?:议定|决定|要求|强调|明确)|会后|同时|请|责成|会同|[一二三四五六七八九十][是要])?",
        "",
        text,
    )
    text = _SHARED.sub("", text)
    return list(split_units(text)) if all_units(text) else []


def _ordered(clause: str) -> list[str]:
    """Return the units a decision gives something to do: 「县财政局要…」, 「会议决定县司法局于…」."""
    return next(filter(None, (_named(clause[: verb.start()]) for verb in _OUGHT.finditer(clause))), [])


def _leading_units(text: str) -> list[str]:
    """Return the units a text begins with: 「县财政局、县审计局另行制定」 → two."""
    for end in range(min(len(text), 60), 1, -1):
        if names := _named(text[:end]):
            return names
    return []


def _roles(lead: list[str], responsible: list[str], deadline: str) -> Roles:
    leads = tuple(dict.fromkeys(lead))
    return Roles(leads, tuple(u for u in dict.fromkeys(responsible) if u not in leads), deadline)


def unit_line(text: str) -> tuple[str, ...]:
    """Return the units of a table cell that holds nothing else, or ()."""
    text = text.rstrip("。；")
    names = split_units(text)
    return names if names and all(is_unit(name) and len(name) <= 20 for name in names) else ()
