"""One meeting: its bar with steps, and the parts 出席, 议程, 议定事项, 概况, 变更."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from models import clock
from models.deeds.meeting import call_off, put_off, take_step
from models.deeds.supervision import case_from_resolution, write_follow_up
from models.deeds.templates import fill_agenda, fill_preparations
from models.records.meeting import SIDE_STATES, STATES, AgendaItem, Meeting, Preparation, Resolution
from models.records.organisation import Person
from models.records.values import short_day, show_day
from models.rules.attendance import Rates
from models.rules.meetings import missing_reports, step_date
from models.store.reader import Filter
from models.summaries.supervision import case_of_resolution, limits_apart
from ui import look, messages
from ui.bars import day_words
from ui.correction import move_to_bin, with_reason
from ui.dialogs.day import ask_day
from ui.forms.record_form import RecordForm
from ui.pages.meeting.attendance_view import AttendanceView
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets.buttons import Button
from ui.widgets.card import NoticeBar
from ui.widgets.label import Chip, Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.parts import turn_parts
from ui.widgets.steps import Step, Steps
from ui.widgets.tabs import Tabs

PARTS = ("出席", "议程", "议定事项", "筹备", "概况")
_PART_OF_KIND = {"agenda_item": 1, "resolution": 2, "preparation": 3}
_SHOWS = {
    "meeting", "agenda_item", "resolution", "preparation", "attendance", "seat", "appointment", "person", "case",
}  # fmt: skip
"""The kinds whose changes the page shows."""
SIDE_FROM = 1130
"""Width from which there is room beside the grid, px."""
_NEXT = {
    "计划": "发出通知", "通知": "标为已召开", "召开": "开始拟纪要", "纪要拟稿": "送签发", "签发": "印发纪要", "印发": "归档",
}  # fmt: skip


class MeetingView(QWidget):
    """Shows the meeting named by :meth:`show_meeting`."""

    title_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._meeting_id = ""
        self.meeting: Meeting | None = None
        self.attendance = AttendanceView(session)
        self.attendance.side.hide()  # until there is room
        self.agenda = RegisterView(session, "agenda_item", exchange=False, leading=False)
        self.resolutions = RegisterView(session, "resolution", exchange=False, leading=False)
        self.preparations = RegisterView(session, "preparation", exchange=False, leading=False)
        self._parts = (self.agenda, self.resolutions, self.preparations)
        self._add_templates()
        self.facts = RecordForm(session, "meeting", headed=False)
        self._stack = QStackedWidget()
        for part in (self.attendance, *self._parts, self.facts):
            self._stack.addWidget(part)
        self._build()
        session.changed.connect(self._changed)

    def show_meeting(self, meeting_id: str, *, part: str = "meeting") -> None:
        """Open a meeting at 出席, or at the part a record of kind *part* belongs to."""
        if meeting_id != self._meeting_id:
            self._meeting_id = meeting_id
            fixed = {"meeting": meeting_id}
            for view in self._parts:
                view.pane.close_form()
                view.set_fixed((Filter("meeting", "=", meeting_id),), dict(fixed))
            self.facts.load(self._session.ledger.get(Meeting, meeting_id))
        self._tabs.setCurrentIndex(_PART_OF_KIND.get(part, 0))
        self.refresh()

    def refresh(self) -> None:
        """Read the meeting and the part that is shown again."""
        meeting = self._session.ledger.get(Meeting, self._meeting_id)
        if meeting is None or meeting.deleted_at:
            return
        self.meeting = meeting
        self._show_bar(meeting)
        self.attendance.show_meeting(meeting.id)
        for view in self._parts:
            view.refresh()
        if not self.facts.dirty():
            self.facts.load(meeting)
        self._show_counts()
        self._show_case()

    def can_leave(self) -> bool:
        """Ask about unsaved work in any part."""
        return self.facts.may_close() and all(part.can_leave() for part in self._parts)

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard at first."""
        part = self._stack.currentWidget()
        if isinstance(part, RegisterView):
            return part.table.view
        return self.attendance.grid if part is self.attendance else None

    def _add_templates(self) -> None:
        agenda = Button("套用模板", "ghost", "list-checks")
        agenda.clicked.connect(lambda: self._do(lambda: fill_agenda(self._session.ledger, self._now())))
        ready = Button("列出常规事项", "ghost", "list-checks")
        ready.clicked.connect(lambda: self._do(lambda: fill_preparations(self._session.ledger, self._now())))
        before = Button("上次议定落实", "ghost", "history")
        before.clicked.connect(lambda: self._do(lambda: write_follow_up(self._session.ledger, self._now())))
        self.supervise = Button("转督办", "ghost", "clipboard-check")
        self.supervise.clicked.connect(self._supervise)
        self.resolutions.table.current_changed.connect(lambda _id: self._show_case())
        self.agenda.add_tool(before)
        self.agenda.add_tool(agenda)
        self.resolutions.add_tool(self.supervise)
        self.preparations.add_tool(ready)

    def _supervise(self) -> None:
        """Turn the chosen resolution into a case, or open the one it became (S0-24)."""
        chosen = self.resolutions.table.current_id()
        case = case_of_resolution(self._session.ledger, chosen)
        if case is not None:
            self._session.open_record.emit("case", case.id)
        elif chosen:
            self._do(lambda: case_from_resolution(self._session.ledger, chosen))
            self.resolutions.table.select(chosen)
            self._show_case()

    def _show_case(self) -> None:
        """Say on the button how the case of the chosen resolution stands."""
        chosen = self.resolutions.table.current_id()
        case = case_of_resolution(self._session.ledger, chosen)
        self.supervise.set_words(f"督办：{case.state}" if case else "转督办")
        self.supervise.setEnabled(bool(chosen))

    def _now(self) -> Meeting:
        assert self.meeting is not None
        return self.meeting

    # The bar -------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title, self._meta = Label("", "title"), Label("", "secondary")
        self._nature, self._late = Chip(""), Chip("补录", "amber")
        self._state = Chip("", "grey")
        self._next_button = Button("下一步", "primary", "check")
        self._next_button.clicked.connect(self.take_next_step)
        minutes = Button("会议纪要", icon="file-text")
        minutes.clicked.connect(lambda: self.open_paper("minutes"))
        more = Button("更多", "ghost", "ellipsis")
        more.clicked.connect(lambda: self._show_menu(more))
        self._tabs = Tabs("会议内容", PARTS)
        turn_parts(self._tabs, self.can_leave, self._show_part)
        self._steps = Steps()
        self._notice = NoticeBar("", "warning", closable=False)
        top = row(
            self._title, self._nature, self._state, self._late, STRETCH, more, minutes, self._next_button,
            margins=(20, 12, 16, 0),
        )  # fmt: skip
        meta = row(self._meta, STRETCH, margins=(20, 4, 16, 4))
        tabs = row(self._tabs, STRETCH, self._steps, margins=(20, 0, 20, 0))
        bar = frame("bar", column(top, meta, tabs, spacing=0))
        whole = column(bar, self._notice, self._stack, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _show_bar(self, meeting: Meeting) -> None:
        self._title.setText(meeting.name)
        self._nature.setText(meeting.nature)
        aside = meeting.state in SIDE_STATES
        self._state.setText(meeting.state)
        self._state.setVisible(aside)
        self._late.setVisible(_entered_late(meeting))
        self._meta.setText(" · ".join(self._meta_parts(meeting)))
        reached = STATES.index(meeting.state) if not aside else 0
        self._steps.show_steps(
            [Step(step, short_day(step_date(meeting, step), clock.today())) for step in STATES], reached
        )
        following = _NEXT.get(meeting.state, "")
        self._next_button.set_words(following)
        self._next_button.setVisible(self._offers_step())
        told = _to_mend(meeting) + self._limits_apart()
        self._notice.text.setText("；".join(told))
        self._notice.setVisible(bool(told))

    def _limits_apart(self) -> list[str]:
        """Tell the limits that were corrected here and not in the case."""
        return [
            f"“{item.headline(self._session.ledger.name_of)}”的督办时限是{show_day(case.due_on) or '不设时限'}，"
            f"与议定事项的{show_day(item.due_on)}不同：打开督办事项，按提示改"
            for item, case in limits_apart(self._session.ledger, self._meeting_id)
        ]

    def _meta_parts(self, meeting: Meeting) -> list[str]:
        ledger = self._session.ledger
        assert meeting.starts_at is not None
        start, end = meeting.starts_at, meeting.ends_at
        when = f"{day_words(start, clock.today())} {start:%H:%M}"
        if end:
            until = "–" if end.date() == start.date() else f" 至 {short_day(end, start)} "
            when += f"{until}{end:%H:%M}"
        convener, host = (ledger.get(Person, who) for who in (meeting.convener, meeting.host))
        parts = [when, meeting.place, ledger.name_of("body", meeting.body)]
        parts.append(f"召集人 {convener.name}" if convener else "")
        parts.append(f"主持 {host.name}{'（受委托）' if meeting.delegated else ''}" if host else "")
        return [part for part in parts if part]

    def _show_part(self, part: int) -> None:
        self._stack.setCurrentIndex(part)
        self._next_button.setVisible(self._offers_step())

    def _offers_step(self) -> bool:
        """Whether the filled button is the next step: not where 保存 is, nor when the last is reached."""
        return self._stack.currentWidget() is not self.facts and bool(self._next_button.accessibleName())

    def _show_counts(self) -> None:
        ledger = self._session.ledger
        agenda = len(ledger.find(AgendaItem, "meeting = ?", (self._meeting_id,)))
        resolved = len(ledger.find(Resolution, "meeting = ?", (self._meeting_id,)))
        ready = ledger.find(Preparation, "meeting = ?", (self._meeting_id,))
        came = self.attendance.sheet.rates if self.attendance.sheet else Rates()
        done = f"{sum(bool(item.done_on) for item in ready)}/{len(ready)}"
        present = f"{came.present}/{came.expected}"
        notes = (f" {present}", f" {agenda}", f" {resolved}", f" {done}" if ready else "", "")
        for part, note in enumerate(notes):
            self._tabs.setTabText(part, PARTS[part] + note)

    # Deeds ---------------------------------------------------------------------------------

    def take_next_step(self) -> None:
        """Bring the meeting to its next step today; 通知 and 召开 on the day of a meeting that is over."""
        meeting = self.meeting
        if meeting is None or meeting.state not in STATES[:-1]:
            return
        step = STATES[STATES.index(meeting.state) + 1]
        at_latest = step in ("通知", "召开") and meeting.starts_at
        day = meeting.starts_at.date() if at_latest and meeting.starts_at else clock.today()
        chosen = ask_day(self.window(), f"{_NEXT[meeting.state]}：日期", min(day, clock.today()))
        if chosen:
            self._do(lambda: take_step(self._session.ledger, meeting, step, chosen))

    def open_paper(self, report: str) -> None:
        """Show a paper of this meeting."""
        self._session.open_report.emit(report, {"meeting_id": self._meeting_id})

    def _show_menu(self, button: Button) -> None:
        menu = QMenu(self)
        for report, title in (("notice", "会议通知"), ("sign_in", "签到表"), ("minutes", "会议纪要")):
            menu.addAction(title, lambda report=report: self.open_paper(report))
        menu.addSeparator()
        meeting = self.meeting
        if meeting is not None and not meeting.held:
            menu.addAction("改期", self._postpone)
            menu.addAction("延期（时间另定）", self._postpone_open)
            menu.addAction("取消会议", self._cancel)
        menu.addAction("补齐应到名单", self.attendance.rebuild)
        menu.addAction("变更记录", self._show_history)
        menu.addAction("删除会议", self._remove)
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
        menu.deleteLater()

    def _postpone(self) -> None:
        meeting = self.meeting
        assert meeting is not None and meeting.starts_at is not None
        chosen = ask_day(self.window(), "改到哪天", meeting.starts_at.date())
        if chosen:
            moved = meeting.starts_at.replace(year=chosen.year, month=chosen.month, day=chosen.day)
            self._do(lambda: put_off(self._session.ledger, meeting, moved))

    def _postpone_open(self) -> None:
        meeting = self.meeting
        assert meeting is not None
        self._do(lambda: put_off(self._session.ledger, meeting, None))

    def _cancel(self) -> None:
        meeting = self.meeting
        assert meeting is not None
        if messages.confirm(
            self, f"取消会议「{meeting.name}」？", "取消会议", "登记的内容保留，可以撤销。", danger=True
        ):
            self._do(lambda: call_off(self._session.ledger, meeting, clock.today()))

    def _remove(self) -> None:
        meeting = self.meeting
        assert meeting is not None
        what, points = f"会议「{meeting.name}」", ["议程、出席、议定事项一起移走"]
        if move_to_bin(self, self._session.ledger, [meeting], what, points):
            self._session.open_page.emit("meetings")

    def _show_history(self) -> None:
        from ui.dialogs.history import HistoryDialog

        HistoryDialog(self.window(), self._session, "meeting", self._meeting_id).exec()

    def _do(self, deed: Callable[[], object]) -> bool:
        done = with_reason(self, self._session.ledger, deed, failed="没有完成")
        if done:
            self.refresh()
        return done

    def _changed(self, kinds: set[str], _sentence: str) -> None:
        if self.isVisible() and kinds & _SHOWS:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.attendance.show_side(self.width() >= look.px(SIDE_FROM))


def _to_mend(meeting: Meeting) -> list[str]:
    """Say what of the meeting itself is still to be entered."""
    owed = missing_reports(meeting, clock.today())
    told = [f"还没有登记{'、'.join(owed)}的日期（在“概况”里填写）"] if owed else []
    past = meeting.starts_at is not None and meeting.starts_at.date() < clock.today()
    if past and meeting.state in ("计划", "通知"):
        told.insert(0, "会议日期已过，还没有标为已召开：统计、纪要和年度导出只算已召开的会议")
    return told


def _entered_late(meeting: Meeting) -> bool:
    """Whether the meeting was entered on a later day than it took place (补录)."""
    return bool(
        meeting.entered_at and meeting.starts_at and meeting.entered_at.date() > meeting.starts_at.date()
    )
