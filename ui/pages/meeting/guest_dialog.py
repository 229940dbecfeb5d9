"""Somebody outside the roster who comes along: 列席 or 特邀 (S0-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from models.records.meeting import Attendance
from models.records.values import BadValue
from models.store.ledger import Ledger
from models.summaries.organisation import post_on
from ui import input_method, messages
from ui.dialogs.base import Dialog
from ui.forms.editors import ReferenceEditor
from ui.widgets.drop_list import Choice
from ui.widgets.fields import FieldRow
from ui.widgets.label import Label
from ui.widgets.layout import row
from ui.widgets.segmented import SegmentedControl

GUESTS = ("列席", "特邀")


@dataclass(frozen=True, slots=True)
class Guest:
    """Who comes: *person* is "" for somebody not in the roster yet."""

    name: str
    person: str
    unit: str
    duty: str
    status: str


class GuestDialog(Dialog):
    """Ends in :attr:`guest`."""

    def __init__(self, parent: QWidget, ledger: Ledger, on: date) -> None:
        super().__init__(parent, "加列席人员")
        self.setModal(True)
        self._ledger, self._on = ledger, on
        self.guest: Guest | None = None
        self._person = ReferenceEditor(Attendance.KIND.field("person"), ledger)
        self._unit = ReferenceEditor(Attendance.KIND.field("unit"), ledger)
        self._duty = QLineEdit()
        self._person.chosen.connect(self._fill_post)
        self._status = SegmentedControl(GUESTS)
        self._person_row = FieldRow(
            "姓名", self._person, required=True, hint="名册里没有的，直接输入姓名，会登记为新人员"
        )
        self._unit_row = FieldRow("单位", self._unit)
        self.body.addWidget(Label("加列席人员", "heading"))
        for part in (self._person_row, self._unit_row, FieldRow("职务", self._duty)):
            self.body.addWidget(part)
        self.body.addLayout(row(self._status, None))
        self.end_in("加入", self.finish)
        self._person.setFocus()

    def reject(self) -> None:
        """Leave, but not with what was typed unless the clerk says so."""
        typed = self._person.text() + self._unit.text() + self._duty.text()
        if not typed or messages.confirm(self, "放弃填写的内容？", "放弃", "这位人员还没有加入。"):
            super().reject()

    def finish(self) -> None:
        """Check and accept."""
        input_method.commit_composition()
        self._person.settle()
        name = self._person.text().strip()
        if not name:
            self._person_row.show_problem("姓名没有填")
            return
        try:
            unit = str(self._unit.read())
        except BadValue as error:
            self._unit_row.show_problem(str(error))
            return
        choice = self._person.choice()
        person = str(choice.key) if choice else ""
        self.guest = Guest(name, person, unit, self._duty.text().strip(), GUESTS[self._status.current()])
        self.accept()

    def _fill_post(self, chosen: Choice | None) -> None:
        """Show the unit and title of somebody in the roster, as on the day of the meeting."""
        post = post_on(self._ledger, str(chosen.key), "", self._on) if chosen else None
        if post:
            self._unit.put(post.unit)
            self._duty.setText(post.title)
