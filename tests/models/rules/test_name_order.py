"""The order of names: both stroke rules, pinyin with surnames read right, ranks first."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from models.records.organisation import ROLES
from models.rules.name_order import (
    BY_NAME,
    BY_PINYIN,
    BY_POST,
    BY_SURNAME,
    BY_UNIT,
    HEADS,
    ORDERS,
    ORDINARY,
    ordered,
    stroke_key,
    why,
)  # fmt: skip


@dataclass(frozen=True)
class One:
    name: str
    role: str = "成员"
    reading: str = ""
    seat_position: int | None = None
    unit_position: int | None = None


NAMES = [
    "田大利",
    "田富",
    "陈䶮",
    "王一",
    "丁万年",
    "刘岚",
    "仇知远",
    "尉迟恭",
    "刘大为",
    "查文渊",
    "曾令仪",
    "单雄",
]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (BY_SURNAME, "丁万年 王一 仇知远 田富 田大利 刘岚 刘大为 陈䶮 单雄 查文渊 尉迟恭 曾令仪"),
        (BY_NAME, "丁万年 王一 仇知远 田大利 田富 刘大为 刘岚 陈䶮 单雄 查文渊 尉迟恭 曾令仪"),
        (BY_PINYIN, "陈䶮 丁万年 刘大为 刘岚 仇知远 单雄 田大利 田富 王一 尉迟恭 曾令仪 查文渊"),
    ],
)
def test_hand_made_table(order: str, names: str) -> None:
    assert " ".join(one.name for one in ordered([One(name) for name in NAMES], order)) == names


@pytest.mark.parametrize(
    ("char", "count", "first"),
    [
        ("王", 4, "横"),
        ("田", 5, "竖"),
        ("刘", 6, "点"),
        ("陈", 7, "折"),
        ("周", 8, "撇"),
        ("尹", 4, "折"),
        ("黄", 11, "横"),
    ],
)
def test_tip_tells_strokes(char: str, count: int, first: str) -> None:
    assert why(char, BY_NAME) == f"{char} {count}画，{first}起"


def test_tip_of_a_rare_character_says_only_what_is_known() -> None:
    assert why("䶮", BY_NAME) == "䶮 9画"
    assert why("\U000e0001", BY_NAME).endswith("笔画未收录，排在最后")
    assert "中间按空一格算" in why("田富", BY_SURNAME)
    assert why("单雄", BY_PINYIN) == "shan xiong"


def test_equal_counts_go_by_the_first_different_stroke() -> None:
    in_order = "丰王开天无云"  # four strokes, all begin with 横
    assert "".join(sorted("云无天开王丰", key=lambda char: stroke_key(char, BY_NAME))) == in_order


def test_heads_come_first_by_rank_whatever_the_order() -> None:
    people = [
        One("丁一"),
        One("曾毅", "副组长", seat_position=3),
        One("魏征", "组长", seat_position=9),
        One("于二"),
    ]
    for order in (BY_SURNAME, BY_NAME, BY_PINYIN):
        assert [one.name for one in ordered(people, order)][:2] == ["魏征", "曾毅"]


def test_by_post_goes_by_seat_and_by_unit_goes_by_unit() -> None:
    people = [
        One("甲", seat_position=2, unit_position=1),
        One("乙", seat_position=1, unit_position=2),
        One("丙"),
    ]
    assert [one.name for one in ordered(people, BY_POST)] == ["乙", "甲", "丙"]
    assert [one.name for one in ordered(people, BY_UNIT)] == ["甲", "乙", "丙"]


def test_vacancies_stand_after_the_names() -> None:
    assert [one.name for one in ordered([One(""), One("丁一")], BY_SURNAME)] == ["丁一", ""]


def test_a_corrected_reading_wins() -> None:
    people = [One("盖明", reading="gai ming"), One("甘宁"), One("高远")]
    assert [one.name for one in ordered(people, BY_PINYIN)] == ["盖明", "甘宁", "高远"]


def test_every_role_has_a_rank_and_every_order_a_rule() -> None:
    assert {*HEADS, *ORDINARY} == set(ROLES)
    assert all(rule.endswith("。") for order, rule in ORDERS.items() if order != BY_POST)
    with pytest.raises(KeyError):
        ordered([], "随意")
