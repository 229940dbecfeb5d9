"""Asks why one obligation is waived, or what is to be noted on it, and who decided."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from models.deeds.waivers import decide
from models.errors import ClerkError
from models.records.values import BadValue, parse_day, show_day
from models.rules.duties import Obligation
from ui import input_method
from ui.correction import corrected
from ui.dialogs.base import Dialog
from ui.session import Session
from ui.widgets.date_field import DateField
from ui.widgets.fields import FieldRow
from ui.widgets.label import Label


class WaiverDialog(Dialog):
    """*decision* is 免办 or 说明; written when the clerk presses it, with the reason shown from then on."""

    def __init__(
        self, parent: QWidget | None, session: Session, item: Obligation, decision: str, today: date
    ) -> None:
        super().__init__(parent, decision)
        self.setModal(True)
        self._session, self._item, self._decision = session, item, decision
        self.reason, self.by = QLineEdit(), QLineEdit()
        self.on = DateField(parse_day, show_day)
        self.on.set_date(today)
        hint = "写进台账，报表里一并列出" if decision == "免办" else "只作说明，这一项仍然要办"
        self._reason_row = FieldRow(
            "理由" if decision == "免办" else "说明", self.reason, required=True, hint=hint
        )
        self._on_row = FieldRow("批准日期" if decision == "免办" else "日期", self.on)
        self.body.addWidget(Label(f"{decision}：{item.clause.name}", "heading", wrap=True))
        self.body.addWidget(Label(f"{item.owner.label} · {item.period}", "secondary", wrap=True))
        for line in (
            self._reason_row,
            FieldRow("批准人" if decision == "免办" else "填写人", self.by),
            self._on_row,
        ):
            self.body.addWidget(line)
        self.end_in(decision, self.finish)
        self.reason.setFocus()

    def finish(self) -> None:
        """Check, write, close."""
        input_method.commit_composition()
        ledger = self._session.ledger
        try:
            on = self.on.read()
        except BadValue as error:
            self._on_row.show_problem(str(error))
            return
        try:
            corrected(
                self, ledger,
                lambda: decide(ledger, self._item, self._decision, self.reason.text(), by=self.by.text(), on=on),
            )  # fmt: skip
        except ClerkError as error:
            self._reason_row.show_problem(str(error))
            return
        self.accept()
