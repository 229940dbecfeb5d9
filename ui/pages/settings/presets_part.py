"""机构方案: ready-made organisations, each with a preview of what it makes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models import clock
from models.errors import ClerkError
from models.presets import Plan, PlannedBody, apply_preset, plan_preset, presets
from ui import look, messages
from ui.pages.settings.part import Part
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import Cell, leading, number, value
from ui.widgets.buttons import Button
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, restyle, row
from ui.widgets.section_list import SectionList


class PresetsPart(Part):
    """The list at the left, what the chosen one would set up at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._presets = presets()
        self._plan: Plan | None = None
        self.list = SectionList("机构方案", [(preset.title, "") for preset in self._presets])
        self.list.setMaximumWidth(look.px(330))
        self.list.setMinimumWidth(look.px(200))
        self._title, self._note = Label("", "heading", wrap=True), Label("", "secondary", wrap=True)
        self._said = Label("", "secondary", wrap=True)
        self.table = CellTable(
            "将建立的机构",
            ("机构", "上级机构", "设在", "成员单位", "席位"),
            (230, 170, 130, 84, 70),
            stretch=0,
        )
        self._model = self.table.content
        self.apply_button = Button("套用这个方案", "primary", "check")
        self.apply_button.clicked.connect(self.apply)
        head = column(self._title, self._note, self._said, spacing=4, margins=(16, 14, 16, 10))
        hint = Label("套用后可以逐条修改，也可以整批撤销。", "help")
        foot = frame("foot", row(hint, STRETCH, self.apply_button, margins=(16, 9, 16, 9)))
        right = column(frame("bar", head), self.table, foot, spacing=0)
        right.setStretch(1, 1)
        left = frame("pane-left", column(self.list, spacing=0, margins=(8, 10, 8, 8)))
        whole = row(left, frame("pane", right), spacing=0)
        whole.setStretch(1, 2)
        self.setLayout(whole)
        self.list.currentRowChanged.connect(lambda _row: self.refresh())
        self.list.setCurrentRow(0)

    def refresh(self) -> None:
        """Rehearse the chosen preset on the ledger as it is now."""
        preset = self._presets[max(self.list.currentRow(), 0)]
        self._title.setText(preset.title)
        self._note.setText(preset.note)
        try:
            self._plan = plan_preset(
                self.session.ledger, preset.id, self.session.settings.area_name, clock.today()
            )
        except ClerkError as error:
            self._plan = None
            self._said.setText(f"现在不能套用：{error}")
            restyle(self._said, role="level-warning")
            self._model.set_rows(())
            self.table.set_empty_note("没有可以预览的内容")
        else:
            self._said.setText(_sentence(self._plan))
            restyle(self._said, role="")
            self._model.set_rows([CellRow(_cells(body)) for body in self._plan.bodies])
        self.apply_button.setEnabled(self._plan is not None)

    def apply(self) -> None:
        """Set the chosen organisation up after asking."""
        preset, plan = self._presets[self.list.currentRow()], self._plan
        if plan is None:
            return
        points = (_sentence(plan), "已有的单位直接使用，不会重复登记", "可以整批撤销")
        if not messages.confirm(self, f"套用「{preset.title}」？", "套用", points=points):
            return
        try:
            apply_preset(self.session.ledger, preset.id, self.session.settings.area_name, clock.today())
        except ClerkError as error:
            messages.tell(self, "没有套用", str(error))
            return
        self.session.reload_settings()
        self.refresh()
        self.session.open_page.emit("roster")


def _sentence(plan: Plan) -> str:
    done = plan.applied
    return (
        f"将建立机构 {len(plan.bodies)} 个、成员单位 {done.memberships} 家次（新单位 {done.new_units} 家）、"
        f"组内职务 {done.seats} 席、制度条款 {done.clauses} 条。"
    )


def _cells(body: PlannedBody) -> tuple[Cell, ...]:
    return (
        leading(body.name), value(body.parent), value(body.host), number(f"{body.members} 家"),
        number(f"{body.seats} 席"),
    )  # fmt: skip
