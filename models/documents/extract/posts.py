"""Seats given by post in a roster: 「成员：青石镇、白水乡主要负责人」, 「召集人：县政府分管副县长」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.documents.extract.units import is_unit
from models.documents.proposals import PostKind

_HEAD = "局长|主任|部长|书记|院长|检察长|主席|会长|社长|台长|镇长|乡长|县长|市长|区长|总经理|董事长|所长|行长|校长"
_POST = re.compile(
    rf"(?P<unit>.*?)的?(?:(?P<main>(?:党政)?主要)|(?P<charge>分管|联系)|有关|相关)?(?:(?P<deputy>副)?(?P<head>{_HEAD})"
    r"|(?:负责同志|负责人|领导同志|领导))$"
)
_AROUND = re.compile(r"^由|(?:担任|兼任|(?<!主)任)$|等$")


@dataclass(frozen=True, slots=True)
class PostSeat:
    """One unit whose holder of a post has the seat; offsets relative to the text given."""

    unit: str
    kind: PostKind
    start: int
    end: int


def seats_by_post(text: str) -> tuple[tuple[PostSeat, ...], tuple[tuple[int, int], ...]]:
    """Return the seats of a list 「甲镇、乙乡主要负责人，丙局局长」, and the parts (start, end) not understood.

    A unit without a post of its own takes the next one of its list.
    """
    seats: list[PostSeat] = []
    unread: list[tuple[int, int]] = []
    for part in re.finditer(r"[^；，。]+", text):
        waiting: list[tuple[str, int, int]] = []
        for piece in re.finditer(r"[^、 ]+", part.group()):
            words = _AROUND.sub("", piece.group())
            begin, end = part.start() + piece.start(), part.start() + piece.end()
            match = _POST.match(words)
            unit = match["unit"] if match else words
            if is_unit(unit):
                waiting.append((unit, begin, end))
            elif words and not (match and not unit and waiting):
                unread.append((begin, end))
            if match and (is_unit(unit) or not unit):
                seats += [PostSeat(name, _kind(match), first, end) for name, first, _ in waiting]
                waiting = []
        unread += [(first, last) for _, first, last in waiting]
    return tuple(seats), tuple(unread)


def _kind(match: re.Match[str]) -> PostKind:
    if match["charge"]:
        return "分管负责人"
    if match["main"] or (match["head"] and not match["deputy"]):
        return "主要负责人"
    return "负责人"
