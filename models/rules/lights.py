"""Lights over supervised cases by local rule (ideas 13; conventions 2.4 「lights」, 「督办 limits」).

A preset is an ordered list of rules; the first whose condition holds gives the light. Every light has a
colour, a shape and a word, so that it also reads on a black-and-white printer. Three presets ship in
``resources/presets/lights.json``; the office edits its own copy in the settings.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import resources
from models.errors import ClerkError
from models.rules.workdays import DayTable, WorkdayCount

SHIPPED = "presets/lights.json"
CONDITIONS = {
    "逾期": "超过时限满几天", "临期": "离时限还剩几天以内", "滞后": "几天没有收到进展", "催办": "已催办满几次",
    "延期": "已批准延期", "其他": "其余在办事项",
}  # fmt: skip
"""When a rule holds, and what its number means; the last two take no number."""
NUMBERLESS = ("延期", "其他")
LIGHTS = {
    "red": ("red", "◆", "红"), "amber": ("amber", "▲", "黄（橙）"), "blue": ("blue", "■", "蓝"),
    "green": ("green", "●", "绿"), "grey": ("grey", "○", "灰"), "paused": ("grey", "‖", "停"),
    "done": ("green", "✓", "完成"),
}  # fmt: skip
"""Colour, shape and the clerk's word of each light (look.md 3)."""
CHOSEN = tuple(name for name in LIGHTS if name != "done")
"""The lights a rule may show; ✓ is kept for what is closed."""


@dataclass(frozen=True, slots=True)
class LightRule:
    """While *when* holds for *number* (days or slips), the light is *light* with *word*; *slip* is what the
    paper sent in that state is called."""

    when: str
    number: int
    light: str
    word: str
    slip: str


@dataclass(frozen=True, slots=True)
class LightPreset:
    """The local rule. *workdays* counts working days only; after *notify_after* slips the case is to be
    named in a 通报, 0 for never."""

    id: str
    title: str
    note: str
    workdays: bool
    notify_after: int
    rules: tuple[LightRule, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """What a rule looks at, as of a day: the limit in force, whether it was extended, the last word, the slips."""

    due: date | None
    extended: bool
    last_word: date
    slips: int
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class Light:
    """*name* is a key of :data:`LIGHTS`, *word* the group it stands under, *words* what is said of this case;
    *order* sorts the worst first. *slip* names the paper to urge with."""

    name: str
    word: str
    words: str
    order: int
    slip: str = ""

    @property
    def colour(self) -> str:
        return LIGHTS[self.name][0]

    @property
    def shape(self) -> str:
        return LIGHTS[self.name][1]


class Lighting:
    """A preset in use on one day."""

    def __init__(self, preset: LightPreset, table: DayTable, as_of: date) -> None:
        self.preset, self.as_of = preset, as_of
        self._count = WorkdayCount(table)
        self._unit = "个工作日" if preset.workdays else "天"

    def days(self, since: date, until: date) -> int:
        """Return the days from *since* to *until* as the preset counts them, negative backwards."""
        return self._count.between(since, until) if self.preset.workdays else (until - since).days

    def light_of(self, case: Situation) -> Light:
        """Return the light of one case."""
        if case.closed is not None:
            late = self.days(case.due, case.closed) if case.due else 0
            words = f"迟 {late} {self._unit}办结" if late > 0 else "办结"
            return Light("done", "办结", words, len(self.preset.rules))
        for order, rule in enumerate(self.preset.rules):
            if (said := self._words(rule, case)) is not None:
                return Light(rule.light, rule.word, said, order, rule.slip)
        return Light("grey", "在办", self._left(case), len(self.preset.rules), "督办催办单")

    def _words(self, rule: LightRule, case: Situation) -> str | None:
        """Return what is said when *rule* holds, None when it does not."""
        left = self.days(self.as_of, case.due) if case.due else None
        past = case.due is not None and self.as_of > case.due
        silent = self.days(case.last_word, self.as_of)
        match rule.when:
            case "逾期" if past and left is not None and -left >= rule.number:
                return self._left(case)
            case "临期" if not past and left is not None and left <= rule.number:
                return self._left(case)
            case "滞后" if silent > rule.number:
                return f"{silent} {self._unit}没有进展"
            case "催办" if case.slips >= max(rule.number, 1):
                return f"催办 {case.slips} 次"
            case "延期" if case.extended and case.due:
                return f"延期至 {case.due.month}月{case.due.day}日"
            case "其他":
                return self._left(case)
        return None

    def _left(self, case: Situation) -> str:
        if case.due is None:
            return "没有时限"
        left = self.days(self.as_of, case.due)
        if self.as_of > case.due:
            return f"逾期 {-left} {self._unit}" if left else "刚过时限"
        return f"剩 {left} {self._unit}" if left else "今天到期"


def shipped_presets() -> tuple[LightPreset, ...]:
    """Return the presets the program ships; the first is in force until the office chooses."""
    return tuple(_preset(shape) for shape in json.loads(resources.text(SHIPPED)))


def preset_of(stored: str) -> LightPreset:
    """Return the preset kept in the settings, the first shipped one for ""; raises ClerkError when it cannot be read."""
    if not stored:
        return shipped_presets()[0]
    try:
        return _preset(json.loads(stored))
    except (ValueError, TypeError, KeyError):
        raise ClerkError("督办灯的设置读不出来，请在“设置 · 督办灯”里重新选择一种。") from None


def to_text(preset: LightPreset) -> str:
    """Return *preset* as the settings keep it."""
    return json.dumps(dataclasses.asdict(preset), ensure_ascii=False)


def _preset(shape: dict[str, Any]) -> LightPreset:
    return LightPreset(**{**shape, "rules": tuple(LightRule(**rule) for rule in shape["rules"])})


def problems_of(preset: LightPreset) -> list[str]:
    """Return what is wrong with an edited preset, one sentence each."""
    found = []
    for place, rule in enumerate(preset.rules, 1):
        if not rule.word.strip():
            found.append(f"第 {place} 条没有灯的名称：黑白打印时只能靠它分辨。")
        if rule.when == "催办" and rule.number < 1:
            found.append(f"第 {place} 条催办次数至少为 1。")
    if [rule.when for rule in preset.rules].count("其他") != 1 or preset.rules[-1].when != "其他":
        found.append("最后一条应是“其他”，其余在办事项才有灯可亮。")
    return found
