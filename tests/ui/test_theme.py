"""Style sheets, palette and icons follow the theme, at start and at run time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFontInfo, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import resources
from ui import icons, look, theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layout import column
from ui.widgets.light import Light
from ui.widgets.paint import Mark


class Restyled(QObject):
    """Counts how often what it watches gets its style anew."""

    times = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.StyleChange
        return False


@pytest.fixture(autouse=True)
def back_to_light(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    yield
    theme.apply_theme(qapp, "light", cache=tmp_path)


@pytest.mark.parametrize("name", look.THEMES)
def test_every_placeholder_of_the_sheets_is_filled_and_every_image_is_there(
    name: str, tmp_path: Path
) -> None:
    look.use(name)
    sheet = theme.style_sheet(tmp_path)
    assert "$" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    files = re.findall(r'url\("([^"]+)"\)', sheet)
    assert files
    assert [file for file in files if QImage(file).isNull()] == []


def test_an_unknown_placeholder_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "text", lambda _name: "QLabel { color: $no_such_token; }")
    monkeypatch.setattr(theme, "_images", lambda _cache: {})
    with pytest.raises(KeyError):
        theme.style_sheet(tmp_path)


def test_no_colour_is_written_into_a_sheet_by_hand() -> None:
    for name in resources.names("style", ".qss"):
        assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", resources.text(name)), name


def test_all_colours_of_a_screen_change_at_run_time(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    theme.apply_theme(qapp, "light", cache=tmp_path)
    window = QWidget()
    qtbot.addWidget(window)
    window.setLayout(
        column(
            Button("登记", "primary", "plus"),
            IconButton("x", "关闭"),
            QLineEdit("罗屿"),
            Light(Mark.RED, "逾期"),
        )
    )
    window.resize(300, 200)
    window.show()
    before = _colours(window)
    theme.apply_theme(qapp, "dark", cache=tmp_path)
    after = _colours(window)
    gone = set(asdict(look.LIGHT).values()) - set(asdict(look.DARK).values()) - {"light"}
    assert {"#1a6285", "#cf3a30", "#ffffff"} <= before
    assert {"#7fc1de", "#f2695f", "#1d2125"} <= after
    assert after & {colour.lower() for colour in gone} == set()


def test_a_widget_deep_in_a_page_is_restyled_no_oftener_than_the_page(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    theme.apply_theme(qapp, "light", cache=tmp_path)
    page = deepest = QWidget()
    for _level in range(12):
        deepest = QLineEdit(deepest)
    qtbot.addWidget(page)
    page.show()
    restyled = Restyled()
    deepest.installEventFilter(restyled)
    theme.apply_theme(qapp, "dark", cache=tmp_path)
    assert 1 <= restyled.times <= 3


def test_no_icon_stays_behind_in_the_old_colour(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    theme.apply_theme(qapp, "light", cache=tmp_path)
    button = IconButton("flag", "标记")
    qtbot.addWidget(button)
    light = button.icon().pixmap(18, 18).toImage()
    theme.apply_theme(qapp, "dark", cache=tmp_path)
    dark = button.icon().pixmap(18, 18).toImage()
    assert light != dark
    assert dark == icons.icon("flag", "text2", 18).pixmap(18, 18).toImage()


def test_icons_are_sharp_on_dense_screens(qapp: QApplication) -> None:
    sizes = {size.width() for size in icons.icon("plus", "text2", 16).availableSizes()}
    assert sizes == {16, 32, 64}


@pytest.mark.parametrize("name", resources.names("icons", ".svg"))
def test_every_shipped_icon_draws_something(qapp: QApplication, name: str) -> None:
    drawn = icons.pixmap(Path(name).stem, "text", 24).toImage()
    assert any(drawn.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


def test_palette_and_faces(qapp: QApplication, tmp_path: Path) -> None:
    theme.apply_theme(qapp, "dark", cache=tmp_path)
    assert qapp.palette().color(QPalette.ColorRole.Base) == look.colour("surface")
    for weight in (400, 500):
        info = QFontInfo(look.font(14, weight))
        assert (info.family(), info.weight()) == ("Noto Sans SC", weight)


def test_text_size_changes_controls_at_run_time(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    theme.apply_theme(qapp, "light", cache=tmp_path)
    field.ensurePolished()
    small = field.sizeHint().height()
    theme.apply_theme(qapp, "light", points=15.75, cache=tmp_path)
    assert (small, field.sizeHint().height()) == (32, 47)


def test_a_folder_that_cannot_be_written_falls_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(theme, "user_cache_path", lambda *_args, **_kwargs: tmp_path / "file")
    folder = theme.cache_folder()
    assert folder.is_dir()
    folder.rmdir()


def _colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
