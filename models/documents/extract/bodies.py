"""Bodies (议事协调机构) a text sets up, adjusts or describes by composition or seat.

A body is introduced by the title, by a heading that is its name, by 成立/设立/调整 …, or as the subject of
由…组成; facts (members, seat, lead unit, people, duties) go to the body they name, else to the last one.
The office of a body is no body of its own: its seat and its head belong to the parent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from models.documents.extract import people
from models.documents.extract.units import is_unit, split_units
from models.documents.parse import Item
from models.documents.proposals import BodyKind, BodyProposal, PersonProposal, PostKind, PostRule
from models.documents.text import CleanText, sentences

_SUFFIX = (
    "领导小组|协调小组|工作小组|协调指导办公室|推进办公室|工作专班|专班|工作委员会|委员会|联席会议|指挥部|工作组|专项组|推进组"
    "|专责小组|小组|办公室|协调机制|工作机制"
)
_NAME = rf"[^，。；：！？\n（）]{{0,40}}?(?:{_SUFFIX})"
_IS_NAME = re.compile(rf"(?P<name>[^，。；：！？（）]{{2,40}}(?:{_SUFFIX}))(?:制度)?(?P<tail>[^，。；：]{{0,12}})$")
_ROSTER_HEAD = re.compile(r"(?:名单|组成人员|成员|组成)$")
_SET_UP = re.compile(
    r"(?:调整充实|充实调整|调整完善|建立健全|成立|设立|组建|建立|调整|充实)了?"
    rf"(?!由)(?P<name>[^，。；：！？\n]{{0,40}}?(?:{_SUFFIX}))(?!的?成员单位)(?=[，。；（ \n的为：]|制度|组成|成员|及|$|工作|并|和)"
)
_SET_UP_BY = re.compile(rf"(?:成立|设立|组建|建立)了?由(?P<by>[^。；]{{4,200}}?)的(?P<name>[^，。；的]{{0,40}}?(?:{_SUFFIX}))")
_TITLE = re.compile(
    rf"关于(?:[^《》]{{0,6}})?(?:调整充实|成立|设立|组建|建立|调整|充实|印发《?)(?P<name>[^《》]{{0,60}}?(?:{_SUFFIX}))"
    r"(?:制度)?(?:的|组成|成员|及|工作|有关|和|人员|名单|》|议事|主要|职责)"
)
_TITLE_RULES = re.compile(
    rf"(?:^|关于[^《》]{{0,4}}印发《?|《)(?P<name>[^《》]{{4,60}}?(?:{_SUFFIX}))"
    r"(?:成员单位|全体会议|会议|主要)?(?:工作|议事|运行)?(?:规则|制度|细则|职责|办法|规程|章程|方案)"
)
_COMPOSED = re.compile(
    rf"(?:(?P<subject>{_NAME})(?:成员)?|(?:^|(?<=[，。；]))(?:成员单位|成员)?)(?:制度)?(?:主要)?由(?P<list>[^。；]{{3,600}}?)"
    r"(?:负责同志|负责人|领导)?(?:共同)?组成"
)
_MEMBERS = re.compile(r"(?P<subject>[^，。；：、]{0,30}?)成员单位(?:包括|分别(?:为|是)|有|为|是|由)?：?(?P<list>.*)")
_AS_MEMBERS = re.compile(
    r"(?P<list>[^。；：]{3,600}?)(?:等(?:\d+个|[一二三四五六七八九十]+个)?(?:有关|相关)?(?:部门|单位|部门和单位)?)?"
    r"(?:的?(?:主要|分管|有关|相关|党政)?(?:负责同志|负责人|领导同志|领导|同志))?(?:担任|任|为|是|作为)"
    r"(?P<subject>[^，。；]{0,20}?)成员(?:单位)?(?=[，。；]|$|的)"
)
_SEAT = re.compile(
    rf"(?P<subject>{_NAME})?(?:[，（]|，并|下设|日常)?(?:地点)?(?:设立?在|设于|挂靠在?)(?P<seat>[^，。；：）\n]{{2,40}})"
)
_LEAD = re.compile(r"牵头单位(?:为|是|：)(?P<unit>[^，。；、]{2,20})|(?:^|[，。；])(?P<unit2>[^，。；、由]{2,20}?)(?:为|是|作为)[^，。；]{0,12}牵头单位")
_CONVENED = re.compile(r"由(?P<unit>[^，。；、由]{2,20}?)(?:负责)?(?:牵头|召集)")
_POST = re.compile(
    r"(?P<unit>[^，。；：由]{0,30}?)(?P<post>(?:党政)?(?:主要|分管|有关|相关)?(?:负责同志|负责人|领导同志|领导))"
    r"(?:担任|兼任|任|为)(?P<role>[^，。；]{0,12}?(?:主任|组长|召集人|成员|委员|指挥长))(?=[，。；（]|$|的)"
)
_POST_KINDS: tuple[tuple[str, PostKind], ...] = (("主要", "主要负责人"), ("分管", "分管负责人"), ("负责", "负责人"))
_KINDS: tuple[tuple[str, BodyKind], ...] = (
    ("联席会议", "联席会议"), ("协调指导办公室", "协调指导办公室"), ("协调小组", "协调小组"), ("领导小组", "领导小组"),
    ("工作组", "工作组"), ("专班", "工作组"), ("专项组", "工作组"), ("委员会", "委员会"), ("办公室", "办公室"),
)  # fmt: skip
_TRIM = re.compile(r"^(?:的|了|和|与|及|以|将|对|本|设立|健全|成立|调整|充实|完善|相应的?|新的|全市性|专门的?|各级|各地|各单位|各部门|一个)+")
_GENERIC = re.compile(rf"^(?:该|本|各|相应|有关|其|上述|下设|工作)?(?:{_SUFFIX})$")
_NOT_UNITS = re.compile(r"^(?:组长|副组长|主任|副主任|委员|成员|召集人|主席|秘书长|以下|若干)|人员$|同志$|[^表]组成|代表$")


@dataclass
class _Draft:
    """A body being collected; offsets into the cleaned text."""

    name: str
    start: int
    end: int
    from_title: bool = False
    seat: str = ""
    lead_unit: str = ""
    members: list[str] = field(default_factory=list)
    head_post: PostRule | None = None
    member_post: PostRule | None = None
    people: list[PersonProposal] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)

    def described(self) -> bool:
        """Tell whether the text says more of it than its name."""
        return bool(self.seat or self.members or self.people or self.lead_unit or self.head_post)


class Bodies:
    """Collects the bodies of one text, line by line."""

    def __init__(self, text: CleanText, items: tuple[Item, ...], title: str) -> None:
        self._text = text
        self._items = items
        self._drafts: list[_Draft] = []
        self._role = ""
        self._duty_parent = -2
        match = _TITLE.search(title) or _TITLE_RULES.search(title)
        if match and (name := _tidy(match["name"])):
            at = max(text.text.find(name[:4]), 0)
            self._drafts.append(_Draft(name, at, at + len(name), from_title=True))

    def read(self) -> tuple[BodyProposal, ...]:
        """Return the bodies that are described, in order of the text."""
        for index, item in enumerate(self._items):
            self._heading(index, item)
            labels = people.roles(item.text)
            if not self._is_roster(item, labels):
                for sentence in sentences(item.text, item.start):
                    self._sentence(sentence.text, sentence.start)
            self._roster(item, labels)
            self._duties(index, item)
        return tuple(self._proposal(draft) for draft in self._drafts if draft.described())

    def _heading(self, index: int, item: Item) -> None:
        """A heading that is nothing but the name of a body introduces it; so does a line above its roster."""
        match = _IS_NAME.match(item.text.rstrip("。"))
        if not match or match["tail"] and not _ROSTER_HEAD.search(item.text):
            return
        following = self._items[index + 1].text if index + 1 < len(self._items) else ""
        if item.mark or people.roles(following):
            self._introduce(match["name"], item.start)

    def _sentence(self, text: str, start: int) -> None:
        for match in _SET_UP_BY.finditer(text):
            self._introduce(match["name"], start + match.start("name"))
            self._posts(match["by"], start + match.start("by"))
        for match in _SET_UP.finditer(text):
            self._introduce(match["name"], start + match.start("name"))
        if match := _COMPOSED.search(text):
            self._compose(match, start)
        elif match := _MEMBERS.search(text):
            self._member_list(match["list"], match["subject"])
        for match in _AS_MEMBERS.finditer(text):
            self._member_list(match["list"], match["subject"], by_post=True)
        for match in _SEAT.finditer(text):
            self._seat(match, start)
        self._leads(text)
        self._posts(text, start)

    def _compose(self, match: re.Match[str], start: int) -> None:
        subject = match["subject"] or ""
        if subject:
            self._introduce(subject, start + match.start("subject"))
        self._member_list(match["list"], subject)

    def _member_list(self, text: str, subject: str, by_post: bool = False) -> None:
        body = self._body(subject)
        names = [_without_post(name) for name in split_units(_after_last_role(text))]
        units = [name for name in names if is_unit(name) and not _NOT_UNITS.search(name)]
        if body is None or not units or (len(units) < 2 and by_post) or len(units) * 2 < len(names):
            return
        body.members.extend(name for name in units if name not in body.members and "成员单位" not in name)

    def _seat(self, match: re.Match[str], start: int) -> None:
        subject = match["subject"] or ""
        seat = re.sub(r"(?:内|，.*|机关)$", "", match["seat"]).strip()
        if "办公室" not in match.group() and not subject.endswith(("办", "秘书处")):
            return
        if not all(is_unit(name) or name.endswith(("办", "科", "股")) for name in split_units(seat)):
            return
        owner = re.sub(r"(?:下设|设|设立)?办公室$", "", subject)
        if owner and owner != subject and not self._known(owner) and len(_tidy(subject)) >= 6:
            name = subject if not re.search(rf"(?:{_SUFFIX})$", owner) else owner
            self._introduce(name, start + match.start("subject"))
        body = self._body(owner or subject)
        if body and not body.seat:
            body.seat = seat

    def _leads(self, text: str) -> None:
        body = self._body("")
        if body is None or body.lead_unit:
            return
        match = _LEAD.search(text)
        unit = (match["unit"] or match["unit2"]) if match else ""
        if not unit and "联席会议" in body.name and (convened := _CONVENED.search(text)):
            unit = convened["unit"]
        if unit and is_unit(unit):
            body.lead_unit = unit

    def _posts(self, text: str, start: int) -> None:
        """Read 「…主要负责同志任…」 and named people in a sentence."""
        body = self._body("")
        if body is None:
            return
        for match in _POST.finditer(text):
            self._post_rule(body, match, start)
        for pattern in (people.SENTENCE, people.HOLDER):
            for match in pattern.finditer(text):
                self._named(body, match, start)

    def _post_rule(self, body: _Draft, match: re.Match[str], start: int) -> None:
        kind = next((kind for word, kind in _POST_KINDS if word in match["post"]), "负责人")
        span = self._text.span(start + match.start(), start + match.end())
        everyone = match["unit"].startswith(("各", "成员单位"))
        unit = "" if everyone else re.sub(r"^由", "", match["unit"])
        rule = PostRule(unit, kind, match["role"], span)
        if everyone and match["role"].endswith(("成员", "委员")):
            body.member_post = body.member_post or rule
        elif unit and is_unit(unit) and not match["role"].endswith(("成员", "委员")):
            body.head_post = body.head_post or rule

    def _named(self, body: _Draft, match: re.Match[str], start: int) -> None:
        for part in re.split("、", match["actor"]):
            name, post = people.actor(part)
            if name:
                self._add_person(body, name, match["role"], post, start + match.start(), start + match.end())

    def _is_roster(self, item: Item, labels: list[tuple[str, int, int]]) -> bool:
        """Tell whether a line is part of a roster and nothing else (「成员：由…组成」 is a sentence)."""
        if not labels:
            return self._continues(item)
        return labels[0][1] <= 1 and any(True for _ in people.entries(item.text[labels[0][2] :]))

    def _continues(self, item: Item) -> bool:
        """Tell whether a line without a label goes on with the roster above it."""
        return bool(self._role and not item.mark and people.is_roster_line(item.text))

    def _roster(self, item: Item, labels: list[tuple[str, int, int]]) -> None:
        """Read the people of a roster line; without a label they take the last role."""
        body = self._body("")
        if body is None:
            return
        if not labels:
            if self._continues(item):
                self._add_entries(body, item.text, item.start, self._role)
            elif len(item.text) > 4:
                self._role = ""
            return
        for position, (role, _, begin) in enumerate(labels):
            end = labels[position + 1][1] if position + 1 < len(labels) else len(item.text)
            self._add_entries(body, item.text[begin:end], item.start + begin, role)
        self._role = labels[-1][0]

    def _add_entries(self, body: _Draft, text: str, start: int, role: str) -> None:
        for entry in people.entries(text):
            self._add_person(body, entry.name, role, entry.post, start + entry.start, start + entry.end)

    def _add_person(self, body: _Draft, name: str, role: str, post: str, start: int, end: int) -> None:
        if any(person.name == name and person.role == role for person in body.people):
            return
        known = next((person.post for person in body.people if person.name == name and person.post), "")
        body.people.append(PersonProposal(name, role, post or known, self._text.span(start, end)))

    def _duties(self, index: int, item: Item) -> None:
        """Collect 主要职责: run on after a colon, split at ；, or the numbered items below such a heading."""
        if not self._drafts:
            return
        match = re.match(r"(?:主要|工作)?(?:职责|任务)(?:是|为|：)+(?P<list>.+)", item.text)
        if match:
            self._drafts[-1].duties += [part for part in re.split("[；。]", match["list"]) if part.strip()]
        elif re.fullmatch(r"(?:主要|工作|机构)?(?:职责|工作职责|主要职责)[：。]?", item.text):
            self._duty_parent = index if item.mark else -2
        elif item.mark and item.parent == self._duty_parent:
            self._drafts[-1].duties.append(item.text.rstrip("；。"))

    def _introduce(self, name: str, at: int) -> None:
        name = _tidy(name)
        known = self._known(name) if name else None
        if known and known is not self._drafts[-1]:
            self._drafts.remove(known)
            self._drafts.append(known)
        if not name or known:
            return
        self._drafts.append(_Draft(name, at, at + len(name)))

    def _known(self, name: str) -> _Draft | None:
        """Return the body *name* means: the same name, or a short form of the latest that fits."""
        name = _tidy(name) or name
        for draft in reversed(self._drafts):
            if draft.name.endswith(name) or name.endswith(draft.name) or _short_of(name, draft.name):
                return draft
        return None

    def _body(self, subject: str) -> _Draft | None:
        if subject and (known := self._known(re.sub(r"办公室$", "", subject) or subject)):
            return known
        return self._drafts[-1] if self._drafts else None

    def _proposal(self, draft: _Draft) -> BodyProposal:
        kind = next((kind for word, kind in _KINDS if draft.name.endswith(word)), "其他")
        review = "" if draft.members or draft.people else "原文没有列出成员，请核对。"
        return BodyProposal(
            draft.name, kind, self._text.span(draft.start, draft.end), draft.seat, draft.lead_unit,
            tuple(draft.members), draft.head_post, draft.member_post, tuple(draft.people), tuple(draft.duties), review,
        )  # fmt: skip


def _tidy(name: str) -> str:
    """Return a full body name without what leads up to it, or "" for a bare 「领导小组」."""
    name = name.strip(" ，“”\"《》")
    name = re.sub(r"^.*(?:决定|同意|现将|研究|根据[^，]*)", "", name) if len(name) > 12 else name
    name = _TRIM.sub("", name)
    return "" if _GENERIC.match(name) or len(name) < 4 else name


def _short_of(short: str, name: str) -> bool:
    """「专班」 or 「领导小组」 is short for the name that ends so."""
    return len(short) >= 2 and name.endswith(short)


def _after_last_role(text: str) -> str:
    """Keep what follows the last other role: 「由县长任组长，甲局、乙局」 → 「甲局、乙局」."""
    parts = re.split(r"(?:担任|兼任|任|为)[^，。；、]{0,8}(?:组长|主任|召集人|指挥长|主席)[，、]", text)
    tail = parts[-1]
    return tail.rpartition("：")[2] if "：" in tail else tail


def _without_post(name: str) -> str:
    """「县财政局主要负责同志」 → 「县财政局」."""
    return re.sub(r"(?:的)?(?:党政)?(?:主要|分管|有关|相关)?(?:负责同志|负责人|领导同志|领导|同志)$", "", name)
