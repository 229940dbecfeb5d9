"""Leave and substitution of one row: asked when, why, who comes instead, late or left early."""

from __future__ import annotations

import dataclasses
from typing import cast

from PySide6.QtWidgets import QWidget

from models.deeds.attendance import add_leader
from models.errors import InvalidRecord, Problem
from models.records.base import Value
from models.records.checks import problems_of
from models.records.meeting import Attendance, Meeting
from models.records.organisation import LEADER_POSTS, Appointment, Person
from models.records.values import BadValue
from models.store.ledger import Ledger
from models.summaries.meeting import Attendee
from models.summaries.organisation import post_on
from ui import input_method, messages
from ui.dialogs.base import Dialog
from ui.forms.editors import Editor, ReferenceEditor, editor_for
from ui.widgets.drop_list import Choice
from ui.widgets.fields import FieldRow
from ui.widgets.label import Label

_FIELDS = {
    "请假": ("leave_asked_at", "leave_reason", "leave_approver", "note"),
    "代": ("leave_asked_at", "leave_reason", "substitute", "substitute_duty", "leave_approver", "note"),
    "": ("late", "left_early", "note"),
}
_HINTS = {
    "substitute": "本单位其他领导；名册里没有的，输入姓名，再选“新建”",
    "substitute_duty": "他在本单位还没有任职，按这个职务一并登记，如 副局长",
}


class LeaveDialog(Dialog):
    """Ends in :attr:`row`, checked by the rules; the clerk sees why a substitute is refused (S0-20)."""

    def __init__(self, parent: QWidget, ledger: Ledger, meeting: Meeting, one: Attendee, status: str) -> None:
        super().__init__(parent, "请假和替代")
        self.setModal(True)
        self.row: Attendance = one.row
        self._ledger, self._meeting, self._status = ledger, meeting, status
        self._lines: dict[str, FieldRow] = {}
        self._names = _FIELDS.get(status, _FIELDS[""])
        self.body.addWidget(
            Label(f"{one.unit} {one.person or '（空缺）'}　{status or one.row.status}", "heading")
        )
        for name in self._names:
            self._add(name)
        self._ask_post()
        self._at_first = self._typed()
        self.end_in("保存", self.finish)
        first = "substitute" if "substitute" in self._names else self._names[0]
        cast(QWidget, self._editor(first)).setFocus()

    def finish(self) -> None:
        """Check and accept."""
        input_method.commit_composition()
        values: dict[str, Value] = {"status": self._status or self.row.status}
        problems = []
        for name in self._names:
            try:
                values[name] = self._editor(name).read()
            except BadValue as error:
                problems.append(Problem(name, str(error)))
        if self._status == "请假":
            values |= {"substitute": "", "substitute_duty": "", "signed": False}
        row = dataclasses.replace(self.row, **values)  # type: ignore[arg-type]
        if row.substitute and not problems:
            row, problems = self._with_post(row)
        problems = problems or [p for p in problems_of(row, self._ledger) if p.level == "error"]
        self._show(problems)
        if not problems:
            self.row = row
            self.accept()

    def reject(self) -> None:
        """Leave, but not with what was typed unless the clerk says so."""
        if self._typed() == self._at_first or messages.confirm(
            self, "放弃填写的内容？", "放弃", "填好的还没有保存。"
        ):
            super().reject()

    def _typed(self) -> list[str]:
        return [self._editor(name).typed() for name in self._names]

    def _ask_post(self) -> None:
        """Ask for the post of a substitute who has none in the unit yet: somebody just entered."""
        if (line := self._lines.get("substitute_duty")) is not None:
            chosen = cast(ReferenceEditor, self._lines["substitute"].field).choice()
            line.setVisible(chosen is not None and not self._posts_of(str(chosen.key)))

    def _with_post(self, row: Attendance) -> tuple[Attendance, list[Problem]]:
        """Return *row* with the title of its substitute, whose post is entered now where there is none."""
        if not self._posts_of(row.substitute) and row.substitute_duty:
            try:
                add_leader(self._ledger, row.substitute, row.unit, row.substitute_duty)
            except InvalidRecord as error:
                return row, list(error.problems)
        return dataclasses.replace(row, substitute_duty=self._duty_of(row.substitute)), []

    def _add(self, name: str) -> None:
        field = Attendance.KIND.field(name)
        editor = self._leaders_editor() if name == "substitute" else editor_for(field, self._ledger)
        cast(Editor, editor).put(getattr(self.row, name))
        required = name in ("substitute", "substitute_duty")
        hint = _HINTS.get(name, field.help)
        self._lines[name] = FieldRow(field.label, editor, required=required, hint=hint)
        self.body.addWidget(self._lines[name])

    def _editor(self, name: str) -> Editor:
        return cast(Editor, self._lines[name].field)

    def _leaders_editor(self) -> ReferenceEditor:
        """An editor that proposes the leaders of the same unit first and finds anybody by typing."""
        editor = ReferenceEditor(Attendance.KIND.field("substitute"), self._ledger, adds_to=self._ledger)
        editor.chosen.connect(lambda _choice: self._ask_post())
        plain = editor.suggestions
        leaders = self._leaders()
        editor.set_suggestions(lambda typed: leaders if not typed else plain(typed))
        return editor

    def _leaders(self) -> list[Choice]:
        assert self._meeting.starts_at is not None
        posts = self._ledger.in_force(
            Appointment, self._meeting.starts_at.date(), "unit = ?", (self.row.unit,)
        )
        found = []
        for post in posts:
            person = self._ledger.get(Person, post.person)
            if person and post.post in LEADER_POSTS and post.person != self.row.person:
                found.append(Choice(person.id, person.name, post.title))
        return found

    def _posts_of(self, person: str) -> list[Appointment]:
        """Return the posts of somebody in the unit of the row on the day of the meeting."""
        assert self._meeting.starts_at is not None
        on = self._meeting.starts_at.date()
        return self._ledger.in_force(Appointment, on, "person = ? AND unit = ?", (person, self.row.unit))

    def _duty_of(self, person: str) -> str:
        assert self._meeting.starts_at is not None
        post = post_on(self._ledger, person, self.row.unit, self._meeting.starts_at.date())
        return post.title if post else ""

    def _show(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        for name, line in self._lines.items():
            told = [problem.message for problem in problems if problem.field == name]
            line.show_problem(told[0] if told else "")
        rest = [problem.message for problem in problems if problem.field not in self._lines]
        if rest:
            self._lines[self._names[0]].show_problem("；".join(rest))
