"""The order of names in lists, decisive for clerks (conventions 2.3; ideas 10).

Two stroke rules are in use and differ: by 姓氏笔画 (政协, 党代会) a two-character name has a blank of 0 strokes
in the middle, so 田富 stands before 田大利; by 姓名笔画 (人大) it has none, so 田大利 stands first. Characters
compare by stroke count, then stroke by stroke as 横竖撇点折 (GF 0023-2020). Compound surnames count by
their first character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Protocol, TypeVar

import resources
from models.rules.reading import syllables

BY_POST, BY_UNIT, BY_SURNAME, BY_NAME, BY_PINYIN = "按职务", "按建制顺序", "姓氏笔画", "姓名笔画", "拼音"
ORDERS = {
    BY_POST: "",
    BY_UNIT: "成员按单位建制顺序排列。",
    BY_SURNAME: "成员按姓氏笔画为序。",
    BY_NAME: "成员按姓名笔画为序。",
    BY_PINYIN: "成员按姓名汉语拼音字母为序。",
}
"""The orders a list can have, with the sentence printed under it."""
HEADS = (
    "第一组长", "组长", "主任", "召集人", "常务副组长", "常务副主任", "专职副主任", "副组长", "副主任", "秘书长",
    "办公室主任", "办公室副主任",
)  # fmt: skip
ORDINARY = ("委员", "成员", "联络员")
FIRST_STROKES = "横竖撇点折"
_UNKNOWN = 1_000_000


class Listed(Protocol):
    """What is put in order: a person in a list. Positions are None when not given."""

    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def reading(self) -> str: ...
    @property
    def seat_position(self) -> int | None: ...
    @property
    def unit_position(self) -> int | None: ...


T = TypeVar("T", bound=Listed)


def ordered(people: Iterable[T], order: str) -> list[T]:
    """Return *people* in *order*, one of :data:`ORDERS`; raises KeyError.

    组长 and 副组长 always come first by rank; the order is that of the ordinary members. Vacant posts
    (without a name) stand after the names of their rank, except in the orders by post and unit.
    """
    if order not in ORDERS:
        raise KeyError(order)
    return sorted(people, key=lambda one: (role_rank(one.role), *_key(one, order)))


def role_rank(role: str) -> int:
    """Return the rank of a role in a body: 组长 0 … 成员; unknown roles stand before the members."""
    if role in HEADS:
        return HEADS.index(role)
    if role in ORDINARY:
        return len(HEADS) + 1 + ORDINARY.index(role)
    return len(HEADS)


def _key(one: Listed, order: str) -> tuple[object, ...]:
    seat, unit = _place(one.seat_position), _place(one.unit_position)
    is_head = role_rank(one.role) < len(HEADS)
    if order == BY_POST or is_head:
        return (0, seat, unit)
    if order == BY_UNIT:
        return (0, unit, seat)
    vacant = not one.name
    if order == BY_PINYIN:
        return (vacant, *pinyin_key(one.name, one.reading))
    return (vacant, stroke_key(one.name, order))


def _place(position: int | None) -> int:
    return _UNKNOWN if position is None else position


def stroke_key(name: str, order: str) -> tuple[int, ...]:
    """Return the key of a name by 姓氏笔画 or 姓名笔画."""
    key = [_ranks().get(char, _UNKNOWN + ord(char)) for char in name]
    if order == BY_SURNAME and len(key) == 2:
        key.insert(1, -1)
    return tuple(key)


def pinyin_key(name: str, reading: str = "") -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the key of a name by pinyin letters, surname read as such (曾 zeng); ties go by strokes."""
    spelled = tuple(reading.lower().split()) or syllables(name, is_name=True)
    return spelled, stroke_key(name, BY_NAME)


def why(name: str, order: str) -> str:
    """Return the tip that explains where a name stands: 「刘 6画，点起；岚 7画，竖起」."""
    if order == BY_PINYIN:
        return " ".join(syllables(name, is_name=True))
    told = "；".join(_told(char) for char in name)
    if order == BY_SURNAME and len(name) == 2:
        told += "；单名中间按空一格算，排在同姓三字名之前"
    return told


def _told(char: str) -> str:
    count, first = _strokes().get(char, (0, ""))
    if not count:
        return f"{char} 笔画未收录，排在最后"
    return f"{char} {count}画" + (f"，{first}起" if first else "")


@cache
def _strokes() -> dict[str, tuple[int, str]]:
    """Return count and first stroke ("" when not known) by character, in the order of strokes."""
    found: dict[str, tuple[int, str]] = {}
    for line in resources.text("presets/strokes.txt").splitlines():
        if line.startswith("#"):
            continue
        count, known, counted_only = line.split("\t")
        groups: Sequence[str] = known.split("|")
        for number, group in enumerate(groups):
            first = FIRST_STROKES[number] if len(groups) > 1 else ""
            found |= dict.fromkeys(group, (int(count), first))
        found |= dict.fromkeys(counted_only, (int(count), ""))
    return found


@cache
def _ranks() -> dict[str, int]:
    return {char: rank for rank, char in enumerate(_strokes())}
