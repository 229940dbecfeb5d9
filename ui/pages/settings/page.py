"""设置: its parts at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import look
from ui.page import Page
from ui.pages.settings.part import Part
from ui.session import Session
from ui.widgets.layout import column, frame, row
from ui.widgets.parts import turn_parts
from ui.widgets.section_list import SectionList

LIST_WIDTH = 176


class SettingsPage(Page):
    """Parts that need the data folder (安全, 备份) are there only over an open office."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("设置", parent)
        self._session = session
        self._made: dict[str, Part] = {}
        self._makers = self._parts()
        self.list = SectionList("设置项目", [(name, icon) for name, (icon, _make) in self._makers.items()])
        self._stack = QStackedWidget()
        left = frame("pane-left", column(self.list, spacing=0, margins=(8, 10, 8, 8)))
        left.setFixedWidth(look.px(LIST_WIDTH))
        whole = row(left, frame("pane", column(self._stack, spacing=0)), spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._row = 0
        turn_parts(self.list, self.can_leave, self._show)
        self.list.setCurrentRow(0)

    def part(self, name: str) -> Part:
        """Open the part called *name* (备份) and return it."""
        self.list.setCurrentRow(list(self._makers).index(name))
        return self._made[name]

    def refresh(self) -> None:
        self._current().refresh()

    def can_leave(self) -> bool:
        return self._current().can_leave()

    def first_focus(self) -> QWidget | None:
        return self.list

    def _current(self) -> Part:
        return self._made[list(self._makers)[self._row]]

    def _show(self, position: int) -> None:
        name, (_icon, make) = list(self._makers.items())[position]
        self._row = position
        if name not in self._made:
            self._made[name] = make()
            self._stack.addWidget(self._made[name])
        else:
            self._made[name].refresh()
        self._stack.setCurrentWidget(self._made[name])

    def _parts(self) -> dict[str, tuple[str, Callable[[], Part]]]:
        """Return icon and maker of each part by its name; each is imported when first chosen."""
        session, office = self._session, self._session.office

        def make(module: str, name: str, *needs: object) -> Callable[[], Part]:
            return lambda: getattr(import_module(f"ui.pages.settings.{module}"), name)(session, *needs)

        parts = {
            "单位信息": ("building-2", make("office_part", "OfficePart")),
            "机构方案": ("landmark", make("presets_part", "PresetsPart")),
            "督办灯": ("clipboard-check", make("lights_part", "LightsPart")),
        }
        if office is not None:
            parts["安全"] = ("lock", make("security_part", "SecurityPart", office))
            parts["备份"] = ("archive", make("backup_part", "BackupPart", office))
        return parts | {
            "外观": ("settings", make("looks_part", "LooksPart")),
            "回收站": ("trash-2", make("bin_part", "BinPart")),
            "变更记录": ("history", make("history_part", "HistoryPart")),
            "数据与关于": ("info", make("data_part", "DataPart")),
        }
