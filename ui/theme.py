"""The one place that puts a theme on the application: palette, style sheets, fonts, icons.

Widgets get their look from the style sheets in ``resources/style``, templates filled from the tokens
of ``ui.look``; ``$px14`` is 14 design px at the chosen text size, ``${image_tick}`` an image file.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import cast

from platformdirs import user_cache_path
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui import icons, look

SYSTEM = "system"
"""Choice of theme: as the desktop has it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the clerk chose on this machine: *theme* is "system" or one of ``look.THEMES``, *points* of body text."""

    theme: str = SYSTEM
    points: float = look.BASE_POINTS


def chosen() -> Chosen:
    """Return the looks kept in the application's settings, a file anyone may have damaged."""
    settings = QSettings()
    name = str(settings.value("theme"))
    points = cast(float, settings.value("points", 0.0, float)) or look.BASE_POINTS
    return Chosen(name if name in look.THEMES else SYSTEM, points)


def choose(app: QApplication, looks: Chosen) -> None:
    """Keep *looks* and show them at once."""
    settings = QSettings()
    settings.setValue("theme", looks.theme)
    settings.setValue("points", looks.points)
    apply_chosen(app)


def apply_chosen(app: QApplication) -> None:
    """Put the kept looks on *app*."""
    looks = chosen()
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    name = ("dark" if dark else "light") if looks.theme == SYSTEM else looks.theme
    apply_theme(app, name, points=looks.points)


ICON_FILES: Mapping[str, tuple[str, str, float]] = {
    "chevron": ("chevron-down", "text2", 2),
    "spin_up": ("chevron-up", "text2", 2),
    "branch_closed": ("chevron-right", "text3", 2),
    "branch_open": ("chevron-down", "text3", 2),
    "sort_up": ("chevron-up", "accent", 2.5),
    "sort_down": ("chevron-down", "accent", 2.5),
    "tick": ("check", "on_accent", 3),
    "tick_off": ("check", "disabled", 3),
    "dash": ("minus", "on_accent", 3),
}
"""Images the style sheets name with ``${image_…}``: shipped icon, colour, stroke."""


def apply_theme(
    app: QApplication, name: str, *, points: float = look.BASE_POINTS, cache: Path | None = None
) -> None:
    """Put theme *name* ("light" or "dark") on *app* with body text of *points* (9 to 18), now or at run time.

    *cache* is the folder for the few images style sheets can only name by file. Raises KeyError for
    an unknown theme.
    """
    look.use(name, points)
    icons.forget()
    _load_fonts()
    if not app.styleSheet():
        app.setStyle("Fusion")
    app.setStyleSheet("")  # a sheet put in the place of another restyles a widget once for each one above it
    app.setFont(look.font())
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet(cache or cache_folder()))
    icons.renew_all()


def cache_folder() -> Path:
    """Return a writable folder for derived images: the user's cache, else a temporary one."""
    folder = user_cache_path("fazhi-ledger", appauthor=False) / "style"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="fazhi-style-"))
    return folder if os.access(folder, os.W_OK) else Path(tempfile.mkdtemp(prefix="fazhi-style-"))


def style_sheet(cache: Path) -> str:
    """Fill the style templates; raises KeyError for a placeholder that is neither token, image nor size."""
    values = _Values(asdict(look.tokens()) | dict(_images(cache)))
    names = resources.names("style", ".qss")
    return "\n".join(Template(resources.text(name)).substitute(values) for name in names)


class _Values(dict[str, str]):
    """Token values, and ``$px14`` = 14 design px at the chosen text size."""

    def __missing__(self, key: str) -> str:
        size = re.fullmatch(r"px(\d+)", key)
        if size is None:
            raise KeyError(key)
        return f"{look.px(int(size[1]))}px"


_RADIO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">'
    '<circle cx="8" cy="8" r="{radius}" fill="{ground}" stroke="{ring}" stroke-width="{width}"/>'
    '<circle cx="8" cy="8" r="{dot}" fill="{ring}"/></svg>'
)


def _images(cache: Path) -> Iterator[tuple[str, str]]:
    for key, (icon_name, token, stroke) in ICON_FILES.items():
        svg = icons.svg(icon_name, getattr(look.tokens(), token), stroke)
        yield f"image_{key}", _image_file(cache, key, svg)
    rings = {"off": ("line2", 1.0, 0.0), "on": ("accent", 1.0, 4.5), "disabled": ("line", 1.0, 0.0)}
    rings |= {"off_focus": ("accent", 2.0, 0.0), "on_focus": ("accent", 2.0, 4.5)}
    for key, (token, width, dot) in rings.items():
        ring = getattr(look.tokens(), token)
        svg = _RADIO.format(
            radius=8 - width / 2, ground=look.tokens().surface, ring=ring, width=width, dot=dot
        )
        yield f"image_radio_{key}", _image_file(cache, f"radio_{key}", svg)


def _image_file(cache: Path, key: str, svg: str) -> str:
    """Keep *svg* as a file and return its path as style sheets write it; half a file is never left."""
    file = cache / f"{key}-{look.tokens().name}.svg"
    if not file.exists() or file.read_text("utf-8") != svg:
        partial = cache / f"{file.name}.{os.getpid()}.part"
        partial.write_text(svg, "utf-8")
        partial.replace(file)
    return file.as_posix()


@lru_cache(maxsize=1)
def _load_fonts() -> None:
    for name in ("fonts/NotoSansSC-Regular.ttf", "fonts/NotoSansSC-Medium.ttf"):
        QFontDatabase.addApplicationFont(str(resources.path(name)))


def _palette() -> QPalette:
    """Tell Qt's own drawing what the style sheets do not reach."""
    role = QPalette.ColorRole
    palette = QPalette()
    roles = {
        role.Window: "window", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "sunken",
        role.Text: "text", role.Button: "surface", role.ButtonText: "text", role.BrightText: "red",
        role.Highlight: "accent", role.HighlightedText: "on_accent", role.PlaceholderText: "text3",
        role.Link: "accent", role.LinkVisited: "accent", role.ToolTipBase: "text", role.ToolTipText: "surface",
        role.Light: "sunken", role.Midlight: "line", role.Mid: "line3", role.Dark: "line2", role.Shadow: "line2",
    }  # fmt: skip
    for which, name in roles.items():
        palette.setColor(which, look.colour(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, look.colour("disabled"))
    return palette
