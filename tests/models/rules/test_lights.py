"""Lights by local rule: what each of the three presets says about the same cases."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from models.errors import ClerkError
from models.rules.lights import (
    CHOSEN,
    CONDITIONS,
    LIGHTS,
    Light,
    Lighting,
    LightRule,
    Situation,
    preset_of,
    problems_of,
    shipped_presets,
    to_text,
)  # fmt: skip

TODAY = date(2026, 10, 15)  # a Thursday; 1 to 7 October were holidays, Saturday 10 October a working day
PRESETS = {preset.id: preset for preset in shipped_presets()}


def light(preset: str, due: int | None, *, silent: int = 0, slips: int = 0, extended: bool = False) -> Light:
    limit = None if due is None else TODAY + timedelta(days=due)
    situation = Situation(limit, extended, TODAY - timedelta(days=silent), slips)
    return Lighting(PRESETS[preset], {}, TODAY).light_of(situation)


@pytest.mark.parametrize(
    ("due", "name", "words"),
    [
        (-3, "red", "逾期 3 天"), (-1, "red", "逾期 1 天"), (0, "amber", "今天到期"), (5, "amber", "剩 5 天"),
        (6, "green", "剩 6 天"), (None, "green", "没有时限"),
    ],
)  # fmt: skip
def test_state_lights_change_with_the_days(due: int | None, name: str, words: str) -> None:
    shown = light("state", due)
    assert (shown.name, shown.words) == (name, words)


def test_an_approved_extension_is_told_until_its_limit_is_near() -> None:
    assert light("state", 40, extended=True).words == "延期至 11月24日"
    assert light("state", 2, extended=True).word == "临期"


def test_yellow_days_are_the_offices_own() -> None:
    three = dataclasses.replace(PRESETS["state"].rules[1], number=3)
    edited = dataclasses.replace(
        PRESETS["state"], rules=(PRESETS["state"].rules[0], three, PRESETS["state"].rules[3])
    )
    shown = Lighting(edited, {}, TODAY).light_of(Situation(TODAY + timedelta(4), False, TODAY, 0))
    assert shown.word == "在办"


@pytest.mark.parametrize(
    ("due", "silent", "name", "words"),
    [
        (30, 0, "green", "剩 21 个工作日"),
        (4, 0, "blue", "剩 2 个工作日"),
        (30, 60, "amber", "40 个工作日没有进展"),
        (-8, 60, "red", "逾期 7 个工作日"),
    ],
)
def test_coloured_slips_count_working_days(due: int, silent: int, name: str, words: str) -> None:
    shown = light("slips", due, silent=silent)
    assert (shown.name, shown.words) == (name, words)


@pytest.mark.parametrize(
    ("slips", "name", "word"),
    [(0, "green", "在办"), (1, "blue", "蓝单"), (2, "amber", "橙单"), (5, "red", "红单")],
)
def test_repetition_changes_the_colour(slips: int, name: str, word: str) -> None:
    shown = light("repetition", 10, slips=slips)
    assert (shown.name, shown.word) == (name, word)


def test_what_is_overdue_and_not_yet_urged_is_not_called_in_order() -> None:
    assert light("repetition", -2).word == "逾期待催"


def test_a_closed_case_says_whether_it_was_late() -> None:
    lights = Lighting(PRESETS["state"], {}, TODAY)
    closed = [
        lights.light_of(Situation(date(2026, 9, 1), False, TODAY, 0, date(2026, 9, day))) for day in (1, 4)
    ]
    assert [item.words for item in closed] == ["办结", "迟 3 天办结"]
    assert closed[0].shape == "✓"


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_rule_has_word_shape_and_slip(preset: object) -> None:
    rules = getattr(preset, "rules")  # noqa: B009
    assert all(rule.word and rule.slip and rule.light in CHOSEN and rule.when in CONDITIONS for rule in rules)
    shapes = {LIGHTS[rule.light][1] for rule in rules}
    assert len(shapes) == len({rule.light for rule in rules})


def test_a_preset_survives_the_settings() -> None:
    edited = dataclasses.replace(PRESETS["slips"], notify_after=2)
    assert preset_of(to_text(edited)) == edited
    assert preset_of("") == PRESETS["state"]
    with pytest.raises(ClerkError, match="督办灯"):
        preset_of("{}")


def test_an_edited_preset_is_checked() -> None:
    wrong = dataclasses.replace(PRESETS["state"], rules=(LightRule("催办", 0, "red", " ", "单"),))
    assert len(problems_of(wrong)) == 3
    assert problems_of(PRESETS["repetition"]) == []
