"""Asks what one step of a case needs: its day, some words, for some steps a new limit or who handles it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from models import clock
from models.errors import ClerkError
from models.records.supervision import Case
from models.records.values import BadValue, parse_day, parse_phone, show_day
from models.rules.supervision import SAID, Entry
from ui import input_method, look
from ui.dialogs.base import Dialog
from ui.widgets.date_field import DateField
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import TextArea
from ui.widgets.label import Label

VERBS = {
    "交办": "交办", "签收": "登记签收", "进展": "登记进展", "催办": "催办", "延期申请": "申请延期", "延期批准": "批准延期",
    "延期不批": "不批延期", "报结": "登记报结", "审核": "审核通过", "退回": "退回", "办结": "办结", "反馈": "登记反馈",
    "销号": "销号", "批示": "登记批示",
}  # fmt: skip
"""What the buttons and menus call each step."""
_SAYS = {
    "进展": "进展情况", "延期申请": "申请理由", "退回": "退回原因", "报结": "办理结果", "办结": "办理结果", "批示": "批示内容",
    "催办": "催办要求",
}  # fmt: skip
_BY = {
    "延期批准": "批准人",
    "延期不批": "批准人",
    "审核": "审核人",
    "批示": "批示人",
    "催办": "催办人",
    "交办": "交办人",
}
TEXT_HEIGHT = 88  # px


class StepDialog(Dialog):
    """Hands the entry to *deed*; what that refuses is said here, and nothing typed is lost."""

    def __init__(
        self, parent: QWidget | None, case: Case, kind: str, deed: Callable[[Entry], object], *, words: str = "",
        new_due_on: date | None = None, said: str = "", by: str = "",
    ) -> None:  # fmt: skip
        super().__init__(parent, words or VERBS[kind])
        self.setModal(True)
        self._case, self._kind, self._deed = case, kind, deed
        self.day = DateField(parse_day, show_day)
        self.day.set_date(clock.today())
        self.said, self.by = TextArea(), QLineEdit()
        self.said.setPlainText(said)
        self.said.setFixedHeight(look.px(TEXT_HEIGHT))
        self.until = DateField(parse_day, show_day)
        self.until.set_date(new_due_on)
        self.handler, self.phone = QLineEdit(case.handler or by), QLineEdit(case.handler_phone)
        self.rows = self._rows()
        self._wrong = Label("", "error", wrap=True)
        self._wrong.hide()
        self.body.addWidget(Label(words or VERBS[kind], "heading"))
        self.body.addWidget(Label(case.matter, "secondary", wrap=True))
        for line in self.rows.values():
            self.body.addWidget(line)
        self.body.addWidget(self._wrong)
        self.end_in("保存", self.finish)
        asks_until = "new_due_on" in self.rows and new_due_on is None
        (self.until if asks_until else self.said).setFocus()

    def finish(self) -> None:
        """Check, do the deed and close."""
        input_method.commit_composition()
        entry = self._read()
        if entry is None:
            return
        try:
            self._deed(entry)
        except ClerkError as error:
            self._wrong.setText(str(error))
            self._wrong.show()
            return
        self.accept()

    def _rows(self) -> dict[str, FieldRow]:
        kind = self._kind
        rows = {"on": FieldRow("日期", self.day, required=True)}
        if kind in ("延期申请", "延期批准"):
            rows["new_due_on"] = FieldRow("延期至", self.until, required=True)
        usual = SAID.get(kind, "")
        hint = f"空着记为“{usual}”" if usual else ""
        rows["said"] = FieldRow(_SAYS.get(kind, "内容"), self.said, required=self._wants_words(), hint=hint)
        if kind == "签收" or (kind == "进展" and not (self._case.handler and self._case.handler_phone)):
            needed = kind == "进展"
            rows["handler"] = FieldRow(
                "承办单位经办人", self.handler, required=needed, hint="办理中的事项要有承办单位的经办人和电话"
            )
            rows["phone"] = FieldRow("经办人电话", self.phone, required=needed)
        else:
            rows["by"] = FieldRow(_BY.get(kind, "填报人"), self.by)
            self.by.setText(self._case.handler if kind in ("进展", "报结", "延期申请") else "")
        return rows

    def _read(self) -> Entry | None:
        """Return the entry, None after saying beside the fields what is wrong."""
        for line in self.rows.values():
            line.show_problem("")
        day, until = self._day("on", self.day), self._day("new_due_on", self.until)
        phone = self._phone()
        said = self.said.toPlainText().strip()
        if self._wants_words() and not said:
            self.rows["said"].show_problem(f"{_SAYS[self._kind]}没有填")
            return None
        if day is None or (until is None and "new_due_on" in self.rows) or phone is None:
            return None
        return Entry(
            kind=self._kind, on=day, said=said, by=self.by.text().strip(), new_due_on=until,
            handler=self.handler.text().strip() if "handler" in self.rows else "", phone=phone,
        )  # fmt: skip

    def _wants_words(self) -> bool:
        return self._kind in ("退回", "延期申请", "批示") or (
            self._kind == "进展" and self._case.state != "签收"
        )

    def _day(self, name: str, field: DateField) -> date | None:
        if name not in self.rows:
            return None
        try:
            day = field.read()
        except BadValue as error:
            self.rows[name].show_problem(str(error))
            return None
        if day is None:
            self.rows[name].show_problem("日期没有填")
        return day

    def _phone(self) -> str | None:
        if "phone" not in self.rows:
            return ""
        try:
            return parse_phone(self.phone.text().strip())
        except BadValue as error:
            self.rows["phone"].show_problem(str(error))
            return None
