"""One case: its number, light and steps; what is asked, by whom, what happened; papers and relations at the right."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from models import clock
from models.deeds.supervision import record_step, take_over_limit
from models.errors import ClerkError
from models.records.supervision import CASE_STATES, CaseStep
from models.records.values import short_day, show_day, weekday
from models.rules import supervision as rules
from models.rules.supervision import Entry
from models.summaries.supervision import CaseSheet, case_sheet
from ui import look
from ui.correction import corrected, move_to_bin, with_reason
from ui.lights import OF_LIGHT
from ui.pages.supervision.case_side import CaseSide
from ui.pages.supervision.step_dialog import VERBS, StepDialog
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import NoticeBar
from ui.widgets.label import Chip, Label
from ui.widgets.layout import STRETCH, column, frame, holder, row, rule, scrolled
from ui.widgets.light import Light
from ui.widgets.paint import Mark
from ui.widgets.segmented import SegmentedControl
from ui.widgets.steps import Step, Steps
from ui.widgets.timeline import Event, Timeline

FACTS = ("来源", "承办单位", "协办单位", "经办人", "办理时限", "反馈")
SIDE_FROM, EVENT = 820, 57  # px
_ICONS = {
    "交办": ("send", "green"), "签收": ("check", "green"), "进展": ("message-square-text", "blue"),
    "催办": ("bell-ring", "red"), "延期申请": ("calendar-clock", "amber"), "延期批准": ("calendar-clock", "green"),
    "延期不批": ("calendar-clock", "red"), "报结": ("flag", "blue"), "退回": ("undo-2", "red"),
    "审核": ("check-check", "green"), "办结": ("check-check", "green"), "反馈": ("send", "green"),
    "销号": ("archive", "grey"), "批示": ("pencil", "amber"),
}  # fmt: skip
_SHOWN = ((), ("进展",), ("催办",), rules.EXTENSIONS)
_SHOWN_WORDS = ("全部", "进展", "催办", "延期")


class CaseView(QWidget):
    """Shows the case named by :meth:`show_case`; ``edit_wanted`` asks for its form."""

    edit_wanted = Signal(str)
    removed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.sheet: CaseSheet | None = None
        self.side = CaseSide(session)
        self._make_head()
        self._take_over = Button("申请延期", "link")
        self._take_over.clicked.connect(self._take_limit_over)
        self._apart = NoticeBar("", "warning", (self._take_over,), closable=False)
        self._make_body()
        body = scrolled(self._body)
        beside = row(body, self.side, spacing=0)
        beside.setStretch(0, 1)
        whole = column(self._head, self._apart, holder(beside), spacing=0)
        whole.setStretch(2, 1)
        self._nothing = Label("从左边选一件督办事项，或点“立项”新建", "secondary", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._whole = holder(whole)
        self.setLayout(column(self._nothing, self._whole, spacing=0))
        self._show_nothing()

    def show_case(self, case_id: str) -> None:
        """Show a case; nothing when it is gone."""
        try:
            self.sheet = case_sheet(self._session.ledger, case_id, clock.today())
        except ClerkError:
            self._show_nothing()
            return
        self._nothing.hide()
        self._whole.show()
        self._show_head(self.sheet)
        self._show_apart(self.sheet)
        self._show_facts(self.sheet)
        self._show_events()
        self.side.show_case(self.sheet)

    def refresh(self) -> None:
        """Read the case again."""
        if self.sheet is not None:
            self.show_case(self.sheet.case.id)

    def take(self, kind: str, *, new_due_on: date | None = None, said: str = "") -> bool:
        """Ask what the step needs, *new_due_on* and *said* proposed, and write it; False when it was given up."""
        sheet = self.sheet
        assert sheet is not None
        asked = rules.pending_extension(sheet.steps)
        dialog = StepDialog(
            self.window(), sheet.case, kind, lambda entry: self._write(entry), words=self._words(kind),
            new_due_on=asked.new_due_on if asked and kind == "延期批准" else new_due_on, said=said,
            by=_last_by(sheet),
        )  # fmt: skip
        return bool(dialog.exec())

    def _write(self, entry: Entry) -> None:
        assert self.sheet is not None
        ledger, case_id = self._session.ledger, self.sheet.case.id
        corrected(self, ledger, lambda: record_step(ledger, case_id, entry))
        self.refresh()

    # The head ------------------------------------------------------------------------------

    def _make_head(self) -> None:
        self._number, self._title = (
            Label("", "secondary"),
            Label("", "title", elide=Qt.TextElideMode.ElideRight),
        )
        self._light, self._urgency = Light(Mark.GREY, "", chip=True), Chip("", "grey")
        self.print_button = Button("打印督办单", "ghost", "printer")
        self.print_button.clicked.connect(lambda: self.open_paper("assignment"))
        self.extend_button = Button("延期", "ghost", "calendar-clock")
        self.extend_button.clicked.connect(self._extend)
        self.urge_button = Button("催办", icon="megaphone")
        self.urge_button.clicked.connect(lambda: self.take("催办"))
        self.next_button = Button("", "primary", "plus")
        self.next_button.clicked.connect(self._take_next)
        self.more = IconButton("ellipsis", "更多")
        self.more.clicked.connect(self._show_menu)
        self._steps = Steps(stacked=True)
        first = row(
            self._number, self._light, self._urgency, STRETCH, self.print_button, self.extend_button, self.urge_button,
            self.next_button, self.more, margins=(20, 10, 16, 0),
        )  # fmt: skip
        title = row(self._title, margins=(20, 2, 20, 2))
        title.setStretch(0, 1)
        self._head = frame("bar", column(first, title, row(self._steps, margins=(12, 4, 12, 8)), spacing=2))

    def _show_head(self, sheet: CaseSheet) -> None:
        case, line = sheet.case, sheet.line
        self._number.setText(case.number or "（未编号）")
        self._title.setText(case.matter)
        self._light.show_state(OF_LIGHT[line.light.name], line.light.words)
        self._urgency.setText(case.urgency)
        self._urgency.setVisible(case.urgency not in ("", "一般"))
        possible = rules.possible(case, sheet.steps)
        self.urge_button.setVisible("催办" in possible)
        self.urge_button.set_words(self._words("催办"))
        self.extend_button.setVisible("延期申请" in possible or "延期批准" in possible)
        self.extend_button.set_words("批延期" if "延期批准" in possible else "延期")
        following = rules.next_step(case)
        self.next_button.set_words(VERBS.get(following, ""))
        self.next_button.setVisible(bool(following))
        self._steps.show_steps(_steps(sheet), CASE_STATES.index(case.state))

    def _show_apart(self, sheet: CaseSheet) -> None:
        """Tell a limit that was corrected in the resolution only, with the way to take it over."""
        resolved, due = sheet.limit_resolved, sheet.case.due_on
        self._apart.setVisible(resolved is not None)
        if resolved is None:
            return
        given_out = sheet.case.state != CASE_STATES[0] and due is not None
        sooner = given_out and due is not None and resolved < due
        said = "；已经交办，时限只能延后，不能提前" if sooner else ""
        self._apart.text.setText(f"议定事项的办理时限是{show_day(resolved)}，与督办事项的时限不同{said}")
        self._take_over.set_words(f"{'申请延期到' if given_out else '改为'} {_day(resolved)}")
        may_ask = "延期申请" in rules.possible(sheet.case, sheet.steps) and not sooner
        self._take_over.setVisible(not given_out or may_ask)

    def _take_limit_over(self) -> None:
        """Change the limit to the one resolved, by extension once the case was given out."""
        sheet = self.sheet
        assert sheet is not None
        resolved, ledger = sheet.limit_resolved, self._session.ledger
        if sheet.case.state == CASE_STATES[0] or sheet.case.due_on is None:
            if with_reason(self, ledger, lambda: take_over_limit(ledger, sheet.case.id), failed="没有更改"):
                self.refresh()
        elif resolved is not None:
            self.take("延期申请", new_due_on=resolved, said=f"议定事项的办理时限已更正为{show_day(resolved)}")

    def _words(self, kind: str) -> str:
        """Return what a step is called, a slip with its number."""
        sheet = self.sheet
        assert sheet is not None
        return f"催办（第 {sheet.line.slips + 1} 次）" if kind == "催办" else VERBS[kind]

    def _take_next(self) -> None:
        if self.sheet is not None and (following := rules.next_step(self.sheet.case)):
            self.take(following)

    def _extend(self) -> None:
        """Ask for an extension, or decide about the one asked for."""
        assert self.sheet is not None
        if rules.pending_extension(self.sheet.steps) is None:
            self.take("延期申请")
            return
        menu = QMenu(self)
        for kind in ("延期批准", "延期不批"):
            menu.addAction(VERBS[kind], partial(self.take, kind))
        menu.exec(self.extend_button.mapToGlobal(self.extend_button.rect().bottomLeft()))
        menu.deleteLater()

    def _show_menu(self) -> None:
        if self.sheet is None:
            return
        menu = QMenu(self)
        for kind in rules.possible(self.sheet.case, self.sheet.steps):
            menu.addAction(self._words(kind), partial(self.take, kind))
        menu.addSeparator()
        for link in self.side.links(self.sheet):
            menu.addAction(link.words, link.deed)
        menu.addSeparator()
        case_id = self.sheet.case.id
        menu.addAction("修改", lambda: self.edit_wanted.emit(case_id))
        menu.addAction("变更记录", self._show_history)
        menu.addAction("删除", self._remove)
        menu.exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        menu.deleteLater()

    def open_paper(self, report: str) -> None:
        """Show a paper of this case."""
        if self.sheet is not None:
            self._session.open_report.emit(report, {"record_id": self.sheet.case.id})

    def _show_history(self) -> None:
        from ui.dialogs.history import HistoryDialog

        assert self.sheet is not None
        HistoryDialog(self.window(), self._session, "case", self.sheet.case.id).exec()

    def _remove(self) -> None:
        assert self.sheet is not None
        case = self.sheet.case
        what = f"督办事项「{case.matter}」"
        if move_to_bin(self, self._session.ledger, [case], what, ["办理记录一起移走"]):
            self.removed.emit()

    # The body ------------------------------------------------------------------------------

    def _make_body(self) -> None:
        self._requirement = Label("", wrap=True)
        self._facts = {name: Label("", wrap=True) for name in FACTS}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        for place, (name, label) in enumerate(self._facts.items()):
            grid.addWidget(Label(name, "secondary"), place // 2, place % 2 * 2, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, place // 2, place % 2 * 2 + 1, Qt.AlignmentFlag.AlignTop)
        for place in (1, 3):
            grid.setColumnStretch(place, 1)
        self._silent = Label("", "secondary")
        self.shown = SegmentedControl(_SHOWN_WORDS)
        self.shown.picked.connect(lambda _place: self._show_events())
        self.events = Timeline()
        self.events.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        went = row(Label("办理经过", "section"), self._silent, STRETCH, self.shown)
        self._body = holder(
            column(
                Label("办理要求", "section"), self._requirement, 6, grid, 6, rule(), went, self.events, STRETCH,
                spacing=8, margins=(20, 14, 20, 14),
            )
        )  # fmt: skip

    def _show_facts(self, sheet: CaseSheet) -> None:
        case = sheet.case
        self._requirement.setText(case.requirement or "（没有填写）")
        basis = " · ".join(filter(None, (case.source, _day(case.source_on), case.basis)))
        told = {
            "来源": basis,
            "承办单位": "、".join(sheet.leads),
            "协办单位": "、".join(sheet.partners),
            "经办人": "  ".join(filter(None, (case.handler, case.handler_phone))),
            "办理时限": _limit(sheet),
            "反馈": _feedback(sheet),
        }
        for name, label in self._facts.items():
            label.setText(told[name] or "—")
        silent = sheet.line.silent
        self._silent.setText(f"距上次进展 {silent} 天" if silent and not case.closed_on else "")

    def _show_events(self) -> None:
        if self.sheet is None:
            return
        kinds = _SHOWN[self.shown.current()]
        steps = [step for step in reversed(self.sheet.steps) if not kinds or step.kind in kinds]
        counts = [sum(step.kind in kinds or not kinds for step in self.sheet.steps) for kinds in _SHOWN[:-1]]
        told = [*map(str, counts), f"{len(rules.granted(self.sheet.steps))} 次"]
        for place, count in enumerate(told):
            self.shown.set_words(place, f"{_SHOWN_WORDS[place]} {count}")
        self.events.show_events([_event(step) for step in steps])
        self.events.setFixedHeight(look.px(EVENT) * max(len(steps), 1) + 4)

    def _show_nothing(self) -> None:
        self.sheet = None
        self._nothing.show()
        self._whole.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setVisible(self.width() >= look.px(SIDE_FROM))
        self.print_button.setVisible(self.width() >= look.px(SIDE_FROM - 120))


def _steps(sheet: CaseSheet) -> list[Step]:
    """Return the eight steps with their dates; the report is late once the limit is past."""
    case, today = sheet.case, sheet.as_of
    reviewed = next((step.happened_on for step in reversed(sheet.steps) if step.kind == "审核"), None)
    days = {
        "立项": case.opened_on, "交办": case.assigned_on, "签收": case.signed_on, "报结": case.reported_on,
        "审核": reviewed if case.state in ("审核", "办结", "销号") else None, "办结": case.closed_on,
        "销号": case.written_off_on,
    }  # fmt: skip
    found = []
    for state in CASE_STATES:
        note, late = _day(days.get(state)), False
        if state == "办理中" and case.signed_on and case.state == "办理中":
            note = f"第 {(today - case.signed_on).days + 1} 天"
        elif state == "报结" and not case.reported_on and sheet.line.due:
            note, late = f"应 {_day(sheet.line.due)}", sheet.line.due < today and not case.closed_on
        found.append(Step(state, note, late))
    return found


def _event(step: CaseStep) -> Event:
    icon, family = _ICONS.get(step.kind, ("check", "grey"))
    on = step.happened_on
    when = f"{_day(on)} 周{weekday(on)}" if on else ""
    until = f"（延期至{_day(step.new_due_on)}）" if step.new_due_on else ""
    kind = f"{step.number}{step.kind}" if step.number else step.kind
    return Event(kind, when, f"{step.said}{until}", step.by, icon, family)


def _last_by(sheet: CaseSheet) -> str:
    """Return who last reported for the unit."""
    return next(
        (step.by for step in reversed(sheet.steps) if step.by and step.kind in rules.WORDS_OF_UNIT), ""
    )


def _day(day: date | None) -> str:
    return short_day(day, clock.today())


def _limit(sheet: CaseSheet) -> str:
    times = len(rules.granted(sheet.steps))
    if sheet.line.due is None:
        return "不设时限"
    first = f"，原定 {_day(sheet.case.first_due_on)}" if times else ""
    asked = rules.pending_extension(sheet.steps)
    wanted = f"；申请延到 {_day(asked.new_due_on)}，待批" if asked else ""
    return f"{_day(sheet.line.due)}（延期 {times} 次{first}）{wanted}"


def _feedback(sheet: CaseSheet) -> str:
    if sheet.feedback_days is None:
        return "办结后反馈"
    if sheet.case.feedback_on:
        return f"{_day(sheet.case.feedback_on)}，办结后 {sheet.feedback_days} 天"
    return f"办结已 {sheet.feedback_days} 天，还没有反馈"
