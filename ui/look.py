"""The look in use: the colours of the two themes, type and sizes, for whatever is painted.

``colour("accent")``, ``font(13)``, ``px(32)``; sizes are px at 96 dpi in the design and follow the text
size the clerk chose. Figures and contrasts are held by tests/ui/test_look.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QFont

FAMILIES = ["Noto Sans SC", "Noto Sans SC Medium", "Microsoft YaHei"]
BASE_POINTS = 10.5
"""五号: 14 px at 96 dpi, the size of body text at scale 1."""
MIN_POINTS, MAX_POINTS = 9.0, 18.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, "#RRGGBB" or "#AARRGGBB"; ``*_mark`` paints shapes, ``*_ground`` lies under words."""

    name: str
    window: str
    side: str
    surface: str
    sunken: str
    line: str
    line2: str
    line3: str
    text: str
    text2: str
    text3: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_ground: str
    tint2: str
    nav_ground: str
    scrim: str
    red: str
    red_mark: str
    red_ground: str
    amber: str
    amber_mark: str
    amber_ground: str
    green: str
    green_mark: str
    green_ground: str
    blue: str
    blue_mark: str
    blue_ground: str
    grey: str
    grey_mark: str
    grey_ground: str
    meeting: str
    meeting_ground: str
    study: str
    study_ground: str
    case: str
    case_ground: str
    task: str
    task_ground: str
    submission: str
    submission_ground: str
    inspection: str
    inspection_ground: str
    statutory: str
    statutory_ground: str
    danger: str = "#B4231C"
    on_danger: str = "#FFFFFF"
    paper: str = "#FFFFFF"


LIGHT = Tokens(
    name="light",
    window="#F1F3F4", side="#E9ECEE", surface="#FFFFFF", sunken="#F6F7F8",
    line="#DCE0E4", line2="#838D96", line3="#C2C9CF",
    text="#1B2228", text2="#4A5660", text3="#5F6B75", disabled="#A3ABB2",
    accent="#1A6285", accent_hover="#165473", accent_pressed="#11445D", on_accent="#FFFFFF",
    accent_ground="#E3EFF5", tint2="#C9E0EB", nav_ground="#FFFFFF", scrim="#5C101820",
    red="#B4231C", red_mark="#CF3A30", red_ground="#FCEBE9",
    amber="#855000", amber_mark="#C47400", amber_ground="#FFF2DA",
    green="#1C693B", green_mark="#2B8A52", green_ground="#E5F3EA",
    blue="#3350B8", blue_mark="#4766D6", blue_ground="#EAEEFC",
    grey="#56626C", grey_mark="#7C8790", grey_ground="#ECEFF1",
    meeting="#1A6285", meeting_ground="#E3EFF5",
    study="#6A4AA1", study_ground="#F1ECFA",
    case="#7A4A20", case_ground="#F6ECE2",
    task="#4B5F14", task_ground="#EEF3DD",
    submission="#0E675A", submission_ground="#DFF2EE",
    inspection="#94305F", inspection_ground="#FAEAF1",
    statutory="#56626C", statutory_ground="#ECEFF1",
)  # fmt: skip

DARK = Tokens(
    name="dark",
    window="#15181B", side="#101315", surface="#1D2125", sunken="#23282C",
    line="#343B41", line2="#76828C", line3="#4B555D",
    text="#E7EAEC", text2="#B6BFC6", text3="#98A3AC", disabled="#5D6770",
    accent="#7FC1DE", accent_hover="#96CFE7", accent_pressed="#69AFCE", on_accent="#06212C",
    accent_ground="#1B3744", tint2="#25495A", nav_ground="#25495A", scrim="#96101820",
    red="#FF9A92", red_mark="#F2695F", red_ground="#3D211F",
    amber="#F0B65F", amber_mark="#E09A33", amber_ground="#3A2C16",
    green="#80CD9A", green_mark="#4FB577", green_ground="#1B3325",
    blue="#A6BAFF", blue_mark="#7F9BF5", blue_ground="#242D4A",
    grey="#AEB8C0", grey_mark="#84909A", grey_ground="#2B3136",
    meeting="#7FC1DE", meeting_ground="#1B3744",
    study="#C6AEF0", study_ground="#2F2643",
    case="#DDB387", case_ground="#38291B",
    task="#B9CB7C", task_ground="#2A3117",
    submission="#74CDBC", submission_ground="#17332E",
    inspection="#EFA3C4", inspection_ground="#3B2030",
    statutory="#AEB8C0", statutory_ground="#2B3136",
)  # fmt: skip

THEMES: Mapping[str, Tokens] = {theme.name: theme for theme in (LIGHT, DARK)}

_tokens = LIGHT
_scale = 1.0


def tokens() -> Tokens:
    """Return the colours in use."""
    return _tokens


def px(size: float) -> int:
    """Return *size*, px at 96 dpi in the design, at the text size the clerk chose."""
    return round(size * _scale)


def scaled(size: float) -> float:
    """Return *size* at the chosen text size, not rounded: for shapes."""
    return size * _scale


@lru_cache(maxsize=256)
def colour(name: str) -> QColor:
    """Return the colour of token *name*; raises AttributeError for a name that is no token."""
    return QColor(getattr(_tokens, name))


@lru_cache(maxsize=64)
def font(size: float = 14, weight: int = 400) -> QFont:
    """Return the interface face at *size* design px; *weight* 400 or 500, the two faces shipped."""
    face = QFont(FAMILIES)
    face.setPixelSize(px(size))
    face.setWeight(QFont.Weight(weight))
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face


def use(name: str, points: float = BASE_POINTS) -> None:
    """Make theme *name* with body text of *points* the look in use; KeyError for an unknown theme.

    Only ``theme.apply_theme`` calls this: it also tells Qt.
    """
    global _tokens, _scale
    _tokens = THEMES[name]
    _scale = min(max(points, MIN_POINTS), MAX_POINTS) / BASE_POINTS
    colour.cache_clear()
    font.cache_clear()
