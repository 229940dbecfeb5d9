"""Contrasts and sizes of the design."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor

from ui import look

STATUS = ("red", "amber", "green", "blue", "grey")
KINDS = ("meeting", "study", "case", "task", "submission", "inspection", "statutory")
READ = 4.5
SEEN = 3.0

PAIRS = [
    *(
        (ink, ground, READ)
        for ink in ("text", "text2", "text3")
        for ground in ("surface", "window", "sunken")
    ),
    *((ink, "accent_ground", READ) for ink in ("text", "text2", "text3", "accent")),
    ("text2", "side", READ),
    ("accent", "surface", READ),
    ("accent", "nav_ground", READ),
    ("on_accent", "accent", READ),
    ("on_accent", "accent_hover", READ),
    ("on_accent", "accent_pressed", READ),
    ("on_danger", "danger", READ),
    *((word, "surface", READ) for word in STATUS),
    *((word, f"{word}_ground", READ) for word in (*STATUS, *KINDS)),
    *((f"{status}_mark", "surface", SEEN) for status in STATUS),
    ("line2", "surface", SEEN),
    ("line2", "sunken", SEEN),
]


def luminance(colour: QColor) -> float:
    """WCAG 2.2 relative luminance."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(QColor(first)), luminance(QColor(second))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", look.THEMES.values(), ids=look.THEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_words_can_be_read_and_marks_be_seen(theme: look.Tokens, ink: str, ground: str, least: float) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= least


@pytest.mark.parametrize("theme", look.THEMES.values(), ids=look.THEMES)
def test_every_token_is_a_colour(theme: look.Tokens) -> None:
    names = [field.name for field in fields(theme) if field.name != "name"]
    assert [name for name in names if not QColor(getattr(theme, name)).isValid()] == []


@pytest.mark.parametrize(("points", "body"), [(9, 12), (10.5, 14), (14, 19), (18, 24), (40, 24), (1, 12)])
def test_sizes_follow_the_text_size_within_bounds(points: float, body: int) -> None:
    look.use("light", points)
    try:
        assert look.px(14) == body
        assert look.font(14).pixelSize() == body
    finally:
        look.use("light")
