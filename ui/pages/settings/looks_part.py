"""外观: light or dark, and the size of the text; shown at once."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from ui import theme
from ui.pages.settings.part import Part, sheet
from ui.session import Session
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import ComboBox, RadioButton
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, holder, row

THEMES = {"system": "跟随系统", "light": "浅色", "dark": "深色"}
SIZES = (9, 10, 10.5, 11, 12, 13, 14, 15, 16, 18)


class LooksPart(Part):
    """Kept on this machine, not in the ledger: the login looks the same."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        chosen = theme.chosen()
        self.buttons = {name: RadioButton(words) for name, words in THEMES.items()}
        self.sizes = ComboBox()
        self.sizes.addItems([f"{size:g} 磅{'（标准）' if size == 10.5 else ''}" for size in SIZES])
        self.sizes.setCurrentIndex(SIZES.index(min(SIZES, key=lambda size: abs(size - chosen.points))))
        self.buttons[chosen.theme].setChecked(True)
        for name, button in self.buttons.items():
            button.toggled.connect(lambda on, name=name: self._choose(name) if on else None)
        self.sizes.currentIndexChanged.connect(lambda _position: self._choose(self._theme()))
        choice = holder(row(*self.buttons.values(), STRETCH, spacing=20))
        content = sheet(
            Label("外观", "section"), choice, 12, FieldRow("字号", self.sizes, hint="9 到 18 磅；也会放大行高和按钮"),
        )  # fmt: skip
        self.setLayout(column(content, spacing=0))

    def _theme(self) -> str:
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def _choose(self, name: str) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.choose(app, theme.Chosen(name, float(SIZES[self.sizes.currentIndex()])))
