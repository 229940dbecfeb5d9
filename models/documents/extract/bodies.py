"""Bodies (议事协调机构) a text sets up, adjusts or describes by composition or seat.

A body is introduced by the title, by a heading that is its name, by 成立/设立/调整 …, or as the subject of
由…组成; facts (members, seat, lead unit, people, duties) go to the body they name, else to the last one.
The office of a body is no body of its own: its seat and its head belong to the parent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from models.documents.extract import body_words as words
from models.documents.extract import people
from models.documents.extract.posts import seats_by_post
from models.documents.extract.units import all_units, is_unit, split_units
from models.documents.parse import Item
from models.documents.proposals import BodyProposal, PersonProposal, PostRule
from models.documents.text import CleanText, sentences

_LONGEST_LIST = 800
"""Characters a list of members may have."""
_LOOK_BACK = 20
"""Lines above a roster that may name its body."""
_PLAIN = {"成员", "委员"}


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
    seats: list[PostRule] = field(default_factory=list)
    people: list[PersonProposal] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)

    def is_part(self) -> bool:
        """Tell whether it is one of the groups below a body (综合协调组), which have no office."""
        return bool(re.search("(?<!小)组$", self.name))

    def described(self) -> bool:
        """Tell whether the text says more of it than its name."""
        return bool(self.seat or self.members or self.people or self.seats or self.head_post)


class Bodies:
    """Collects the bodies of one text, line by line."""

    def __init__(self, text: CleanText, items: tuple[Item, ...], title: str) -> None:
        self._text = text
        self._items = items
        self._drafts: list[_Draft] = []
        self.unread: list[tuple[int, int]] = []
        """Where the text names members that were read as neither person, post nor unit."""
        self._line = ""
        self._at = 0
        self._role = ""
        self._duty_parent = -2
        match = next(filter(None, (pattern.search(title) for pattern in words.TITLES)), None)
        if match and (name := words.tidy(match["name"])):
            at = max(text.text.find(name[:4]), 0)
            self._drafts.append(_Draft(name, at, at + len(name), from_title=True))

    def read(self) -> tuple[BodyProposal, ...]:
        """Return the bodies that are described, in order of the text."""
        for index, item in enumerate(self._items):
            self._line, self._at = item.text, item.start
            if item.parent >= 0 and words.OFFICE_HEAD.fullmatch(self._items[item.parent].text):
                self._line, self._at = "办公室" + item.text, item.start - len("办公室")
            self._heading(index, item)
            if index and words.MEMBER_HEAD.fullmatch(self._items[index - 1].text):
                listed = item.text.split("。")[0]
                self._member_list(listed if all_units(listed) else "", "")
            labels = [] if self._gives_contact(index) else people.roles(item.text)
            if not self._drafts and any(not role.startswith("联") for role, _, _ in labels):
                self._last_mentioned(index)
            if not self._is_roster(item, labels):
                for sentence in sentences(item.text, item.start):
                    self._sentence(sentence.text, sentence.start)
            if labels or not self._post_below_name(index):
                self._roster(item, labels)
            self._duties(index, item)
        self._drafts.sort(key=lambda draft: draft.start)
        return tuple(self._proposal(draft) for draft in self._drafts if draft.described())

    def _heading(self, index: int, item: Item) -> None:
        """A heading that is nothing but the name of a body introduces it; so does a line above its roster."""
        head = item.text.split("。")[0]
        match = words.IS_NAME.match(head)
        if not match or (match["tail"] and not words.ROSTER_HEAD.search(head)):
            return
        following = self._items[index + 1].text if index + 1 < len(self._items) else ""
        if (item.mark or people.roles(following)) and words.is_heading_name(match["name"]):
            self._introduce(match["name"], item.start)

    def _last_mentioned(self, index: int) -> None:
        """A roster that no body was introduced for is that of the one last mentioned above it."""
        for item in reversed(self._items[max(index - _LOOK_BACK, 0) : index]):
            for match in reversed(list(words.MENTION.finditer(item.text))):
                self._introduce(match["name"], item.start + match.start())
                if self._drafts:
                    return

    def _sentence(self, text: str, start: int) -> None:
        for match in words.SET_UP_BY.finditer(text):
            self._introduce(match["name"], start + match.start("name"))
            self._posts(match["by"], start + match.start("by"))
        for match in words.COMPOSED_INTO.finditer(text):
            if len([name for name in split_units(match["list"]) if is_unit(name)]) >= 2:
                self._introduce(match["name"], start + match.start("name"))
                self._member_list(match["list"], match["name"])
        for match in words.SET_UP.finditer(text):
            self._introduce(match["name"], start + match.start("name"))
        if (end := words.COMPOSED.search(text)) and (
            composed := words.COMPOSED_BY.search(text[: end.start()])
        ):
            self._compose(composed, start)
        elif members := words.MEMBERS.search(text):
            self._member_list(members["list"], members["subject"])
        for match in words.AS_MEMBERS.finditer(text):
            before = text[max(0, match.start() - _LONGEST_LIST) : match.start()].rpartition("：")[2]
            self._member_list(words.ALL_OF_THEM.sub("", before), match["subject"], by_post=True)
        for match in words.HELD_BY.finditer(text):
            self._member_list(words.ALL_OF_THEM.sub("", match["list"]), "", by_post=True)
        for match in words.SEAT.finditer(text):
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
        names = [words.without_post(name) for name in split_units(words.after_last_role(text))]
        units = [name for name in names if is_unit(name) and not words.NOT_UNITS.search(name)]
        if body is None or not units or (len(units) < 2 and by_post) or len(units) * 2 < len(names):
            return
        body.members.extend(name for name in units if name not in body.members and "成员单位" not in name)
        for name in names:
            at = self._line.find(name)
            if name not in units and at >= 0 and not words.NO_MEMBER.search(name):
                self._not_read(self._at + at, self._at + at + len(name))

    def _seat(self, match: re.Match[str], start: int) -> None:
        subject = match["subject"] or ""
        seat = re.sub(r"(?:内|，.*|机关)$", "", match["seat"]).strip()
        of_office = (
            "办公室" in match.group()
            or self._line.startswith("办公室" + match.group())
            or subject.endswith(("办", "秘书处"))
        )
        if not of_office and not (subject and self._known(subject)):
            return
        if not all(is_unit(name) or name.endswith(("办", "科", "股")) for name in split_units(seat)):
            return
        owner = re.sub(r"(?:下设|设|设立)?办公室$", "", subject)
        if owner and owner != subject and not self._known(owner) and len(words.tidy(subject)) >= 6:
            name = subject if not re.search(rf"(?:{words.SUFFIX})$", owner) else owner
            self._introduce(name, start + match.start("subject"))
        body = self._body(owner or subject)
        if body and not body.seat:
            body.seat = seat

    def _leads(self, text: str) -> None:
        body = self._body("")
        if body is None or body.lead_unit:
            return
        match = words.LEAD.search(text)
        unit = (match["unit"] or match["unit2"]) if match else ""
        if (
            not unit
            and ("联席会议" in body.name or body.is_part())
            and (convened := words.CONVENED.search(text))
        ):
            unit = convened["unit"]
        if unit and all_units(unit):
            body.lead_unit = unit

    def _posts(self, text: str, start: int) -> None:
        """Read 「…主要负责同志任…」 and named people in a sentence."""
        if body := self._body(""):
            for match in (*words.POST.finditer(text), *words.POST_HELD.finditer(text)):
                self._post_rule(body, match, start)
            for match in people.SENTENCE.finditer(text):
                self._named(body, match, start)
        for match in people.HOLDER.finditer(text):
            if owner := words.OWNER.search(text[: match.start()]):
                self._introduce(owner["name"], start + owner.start())
            if body := self._body(""):
                self._named(body, match, start)

    def _post_rule(self, body: _Draft, match: re.Match[str], start: int) -> None:
        kind = words.post_kind(match["post"])
        span = self._text.span(start + match.start(), start + match.end())
        everyone = match["unit"].startswith(("各", "成员单位"))
        unit = "" if everyone else re.sub(r"^由", "", match["unit"])
        rule = PostRule(unit, kind, match["role"], span)
        if everyone and match["role"].endswith(("成员", "委员")):
            body.member_post = body.member_post or rule
        elif unit and is_unit(unit) and not match["role"].endswith(("成员", "委员")):
            body.head_post = body.head_post or rule

    def _named(self, body: _Draft, match: re.Match[str], start: int) -> None:
        role = words.office_role(match, body.name, self._line)
        for name, post in people.holders(match["actor"], sure=bool(match["comrade"])):
            self._add_person(body, name, role, post, start + match.start(), start + match.end())

    def _is_roster(self, item: Item, labels: list[tuple[str, int, int]]) -> bool:
        """Tell whether a line is part of a roster and nothing else (「成员：由…组成」 is a sentence)."""
        if not labels:
            return self._continues(item)
        return labels[0][1] <= 1 and any(
            found for *_, found in people.parts(item.text[labels[0][2] :], _of_heads(labels[0][0]))
        )

    def _gives_contact(self, index: int) -> bool:
        """Tell whether a line says whom to ask (联系人：…，电话：…), who is no member."""
        below = self._items[index + 1].text[:12] if index + 1 < len(self._items) else ""
        return self._items[index].text.startswith("联系人") and bool(
            words.CONTACT.search(self._items[index].text + below)
        )

    def _continues(self, item: Item) -> bool:
        """Tell whether a line without a label goes on with the roster above it."""
        if not self._role or item.mark:
            return False
        parts = list(people.parts(item.text))
        return bool(parts) and all(
            found or not seats_by_post(item.text[start:end])[1] for start, end, found in parts
        )

    def _post_below_name(self, index: int) -> bool:
        """Give a post that stands in the line below its name, as in a table one cell per line, or goes on there."""
        body, words = self._body(""), self._items[index].text
        last = body.people[-1] if body and body.people else None
        if not body or not last or self._items[index].mark or not people.is_post(words):
            return False
        if not self._items[index - 1].text.replace(" ", "").endswith(last.name + last.post):
            return False
        if any(True for _ in people.entries(words)) or (last.post and seats_by_post(words)[0]):
            return False
        body.people[-1] = replace(last, post=last.post + words)
        return True

    def _roster(self, item: Item, labels: list[tuple[str, int, int]]) -> None:
        """Read the people of a roster line; without a label they take the last role."""
        body = self._body("")
        if body is None:
            return
        if not labels:
            if self._continues(item):
                self._part(body, item.text, item.start, self._role)
            elif len(item.text) > 4:
                if self._role and not item.mark and words.names_members(item.text):
                    self._part(body, item.text, item.start, self._role)
                self._role = ""
            return
        for position, (role, _, begin) in enumerate(labels):
            end = labels[position + 1][1] if position + 1 < len(labels) else len(item.text)
            part = item.text[begin:end]
            before = len(body.members)
            if role in _PLAIN and words.ALL_OF_THEM.search(part.rstrip("。；，")):
                self._member_list(words.ALL_OF_THEM.sub("", part.rstrip("。；，")), "", by_post=True)
            self._part(body, part, item.start + begin, role, told=len(body.members) > before)
        self._role = labels[-1][0]

    def _part(self, body: _Draft, text: str, start: int, role: str, *, told: bool = False) -> None:
        """Read the people and posts that have *role*; the rest is not read, unless *told* as member units."""
        for begin, end, found in people.parts(text, _of_heads(role)):
            for entry in found:
                self._add_person(body, entry.name, role, entry.post, start + entry.start, start + entry.end)
            seats, unread = ((), ()) if found else seats_by_post(text[begin:end])
            for seat in seats:
                span = self._text.span(start + begin + seat.start, start + begin + seat.end)
                body.seats.append(PostRule(seat.unit, seat.kind, role, span))
                if role in _PLAIN and seat.unit not in body.members:
                    body.members.append(seat.unit)
            for first, last in () if told else unread:
                self._not_read(start + begin + first, start + begin + last)

    def _not_read(self, start: int, end: int) -> None:
        if (start, end) not in self.unread:
            self.unread.append((start, end))

    def _add_person(self, body: _Draft, name: str, role: str, post: str, start: int, end: int) -> None:
        if role.startswith("办公室"):
            body = next((draft for draft in reversed(self._drafts) if not draft.is_part()), body)
        if any(person.name == name and person.role == role for person in body.people):
            return
        post = "" if post == "兼" else post
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
            self._duty_parent = index if item.mark else item.parent
        elif item.mark and item.parent == self._duty_parent and item.parent >= 0:
            self._drafts[-1].duties.append(item.text.rstrip("；。"))

    def _introduce(self, name: str, at: int) -> None:
        name = words.tidy(name)
        known = self._known(name) if name else None
        if known and name.endswith(known.name):
            known.name, known.start, known.end = name, at, at + len(name)
        if known and known is not self._drafts[-1]:
            self._drafts.remove(known)
            self._drafts.append(known)
        if not name or known:
            return
        self._drafts.append(_Draft(name, at, at + len(name)))

    def _known(self, name: str) -> _Draft | None:
        """Return the body *name* means: the same name, or a short form of the latest that fits."""
        name = words.tidy(name) or name
        for draft in reversed(self._drafts):
            if draft.name.endswith(name) or name.endswith(draft.name):
                return draft
        return None

    def _body(self, subject: str) -> _Draft | None:
        if subject and (known := self._known(re.sub(r"办公室$", "", subject) or subject)):
            return known
        return self._drafts[-1] if self._drafts else None

    def _proposal(self, draft: _Draft) -> BodyProposal:
        kind = words.body_kind(draft.name)
        review = "" if draft.members or draft.people else "原文没有列出成员，请核对。"
        return BodyProposal(
            draft.name, kind, self._text.span(draft.start, draft.end), draft.seat, draft.lead_unit,
            tuple(draft.members), draft.head_post, draft.member_post, tuple(draft.people), tuple(draft.duties), review,
            tuple(draft.seats),
        )  # fmt: skip


def _of_heads(role: str) -> bool:
    """Tell whether only people have *role*: members and whom to ask may be given as units."""
    return role not in _PLAIN and not role.startswith("联")
