"""The program as a window: which pages there are and how they hang together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from models import clock
from models.deeds.filing import Export, register_use
from models.errors import ClerkError
from models.records.base import all_kinds, kind_of
from models.records.filing import Attachment
from models.store.home import is_on_stick
from ui import input_method, messages
from ui.correction import undo
from ui.due import DueCounts
from ui.main_window import MainWindow
from ui.page import Page, PageSpec
from ui.preview.address import REPORT, to_address
from ui.safety import Safety
from ui.search_box import Hit
from ui.session import Session

DOSSIERS = frozenset({"unit", "person"})
"""Kinds whose records open as 档案, a page of all that concerns them."""
LATER_MS = 400
"""Work that can wait until the first window is on the screen."""


def page_specs(session: Session) -> list[PageSpec]:
    """Return the pages of the program in the order of the navigation; each is imported when first shown."""

    def workbench(_window: MainWindow) -> Page:
        from ui.pages.workbench import WorkbenchPage

        return WorkbenchPage(session, [spec.id for spec in page_specs(session)])

    def calendar(_window: MainWindow) -> Page:
        from ui.pages.calendar import CalendarPage

        return CalendarPage(session)

    def registers(_window: MainWindow) -> Page:
        from ui.pages.registers import RegistersPage

        return RegistersPage(session, _of_family("registers"))

    def intake(window: MainWindow) -> Page:
        from ui.pages.intake.page import IntakePage

        return IntakePage(session, window.status.note)

    def reports(_window: MainWindow) -> Page:
        from ui.pages.reports import ReportsPage

        return ReportsPage(session)

    def writing(_window: MainWindow) -> Page:
        from ui.pages.writing.page import WritingPage

        return WritingPage(session)

    def settings(_window: MainWindow) -> Page:
        from ui.pages.settings.page import SettingsPage

        return SettingsPage(session)

    def preview(window: MainWindow) -> Page:
        from ui.preview.page import PreviewPage

        return PreviewPage(session, window.status.say)

    return [
        PageSpec("workbench", "工作台", "layout-dashboard", workbench, section="today"),
        PageSpec("calendar", "日历", "calendar-days", calendar, section="today"),
        *_record_pages(session),
        PageSpec("registers", "台账", "book-open-text", registers, kinds=_ids("registers")),
        PageSpec("intake", "从文件识别", "search-check", intake, under="registers"),
        PageSpec("reports", "报表", "file-chart-column", reports, section="papers"),
        PageSpec(
            "writing", "撰写年度报告", "pencil", writing, kinds=frozenset({"year_text"}), under="reports"
        ),
        PageSpec("settings", "设置", "settings", settings, section="settings"),
        PageSpec("preview", "打印预览", "printer", preview, "whole", frozenset({REPORT}), under="reports"),
    ]


def _record_pages(session: Session) -> list[PageSpec]:
    """Return the pages of the lines of work, in order."""

    def roster(_window: MainWindow) -> Page:
        from ui.pages.roster import RosterPage

        return RosterPage(session)

    def dossier(_window: MainWindow) -> Page:
        from ui.pages.dossier.page import DossierPage

        return DossierPage(session)

    def meetings(_window: MainWindow) -> Page:
        from ui.pages.meeting.meetings import MeetingsPage

        return MeetingsPage(session)

    def study(_window: MainWindow) -> Page:
        from ui.pages.study.page import StudyPage

        return StudyPage(session)

    def supervision(_window: MainWindow) -> Page:
        from ui.pages.supervision.page import SupervisionPage

        return SupervisionPage(session)

    def filing(_window: MainWindow) -> Page:
        from ui.pages.filing.page import FilingPage

        return FilingPage(session)

    return [
        PageSpec("roster", "名册", "users-round", roster, kinds=_ids("organisation") - DOSSIERS),
        PageSpec("dossier", "档案", "folder", dossier, kinds=DOSSIERS, under="roster"),
        PageSpec("meetings", "会议", "presentation", meetings, kinds=_ids("meeting")),
        PageSpec("study", "学法", "graduation-cap", study, kinds=_ids("study")),
        PageSpec("supervision", "督办", "clipboard-check", supervision, kinds=_ids("supervision")),
        PageSpec("filing", "报送", "send", filing, kinds=_ids("filing") - {"attachment"}),
    ]


def make_window(session: Session, first_page: str = "") -> MainWindow:
    """Return the program's window over an open ledger; it begins with *first_page*, else with the first one."""
    window = MainWindow(
        page_specs(session), lambda typed: _search(session, window, typed), session.settings.office_name
    )
    session.setParent(window)
    window.closing.connect(session.close)
    session.open_record.connect(lambda kind, record_id: _open_record(window, kind, record_id))
    session.new_record.connect(window.new_record)
    session.open_page.connect(window.open_page)
    session.open_report.connect(lambda report_id, options: _open_report(window, report_id, options))
    session.written.connect(lambda path: _tell_written(window, session, path))
    session.changed.connect(lambda _kinds, sentence: _tell_saved(window, session, sentence))
    window.due_requested.connect(lambda: window.open_page("workbench"))
    window.help_requested.connect(lambda page_id: _open_manual(window, page_id))
    session.restore_requested.connect(lambda path: _close_to_restore(window, session, path))
    DueCounts(window, session)
    Safety(window, session)
    undo = QShortcut(QKeySequence("Ctrl+Z"), window)
    undo.activated.connect(lambda: _undo(window, session))
    window.open_page(first_page or next(iter(page_specs(session))).id)
    window.status.note(input_method.advice())
    QTimer.singleShot(LATER_MS, window, _warm_up)
    return window


def _of_family(family: str) -> tuple:  # type: ignore[type-arg]
    return tuple(kind for kind in all_kinds() if kind.family == family)


def _ids(family: str) -> frozenset[str]:
    return frozenset(kind.id for kind in _of_family(family))


def _open_record(window: MainWindow, kind_id: str, record_id: str) -> None:
    if window.opens(kind_id):
        window.open_record(kind_id, record_id)


def _open_manual(window: MainWindow, page_id: str) -> None:
    from ui.help.viewer import Manual

    manual = window.findChild(Manual) or Manual(window)
    manual.show_chapter(page_id)
    manual.show()
    manual.activateWindow()


def _close_to_restore(window: MainWindow, session: Session, path: str) -> None:
    """Close the window, unless unsaved work holds it, so that the data can be put back and opened anew."""
    session.restore_from = path
    if not window.close():
        session.restore_from = ""


def _open_report(window: MainWindow, report_id: str, options: Mapping[str, object]) -> None:
    window.open_record(REPORT, to_address(report_id, options))


def _tell_written(window: MainWindow, session: Session, path: Path) -> None:
    """Say what was written; a file on a stick has its line in the register (the export of a year writes its own)."""
    if path.is_file() and is_on_stick(path):
        try:
            register_use(session.ledger, Export(f"写出「{path.name}」", path))
        except ClerkError as error:
            messages.tell(window, "没有记入介质使用登记", str(error))
    window.status.offer(f"已写出「{path.name}」", "打开所在文件夹", lambda: messages.open_folder(path))


def _search(session: Session, window: MainWindow, typed: str) -> Sequence[Hit]:
    """Find records that a page opens; a file leads to the record it belongs to."""
    hits = []
    for hit in session.ledger.search(typed):
        shown, kind, record_id = kind_of(hit.kind), hit.kind, hit.id
        if kind == "attachment" and (file := session.ledger.get(Attachment, hit.id)) is not None:
            kind, record_id = file.owner_kind, file.owner
        if window.opens(kind):
            hits.append(Hit(kind, shown.label, record_id, hit.headline, icon=shown.icon))
    return hits


def _tell_saved(window: MainWindow, session: Session, sentence: str) -> None:
    if sentence:
        window.status.saved(clock.now())
        deed = session.ledger.history(limit=1)[0].seq
        window.status.deed(sentence, lambda: _undo(window, session, deed))


def _undo(window: MainWindow, session: Session, deed: int | None = None) -> None:
    """Take back *deed*, by default the last one; an undo that is taken back is done again."""
    if sentence := undo(window, session.ledger, deed):
        window.refresh()
        again = sentence.removeprefix("撤销：")
        window.status.say(f"已撤销：{sentence}" if again == sentence else f"已恢复：{again}")


def _warm_up() -> None:
    """Load what the first save and the first look at the calendar would otherwise wait for."""
    from models.rules.almanac import lunar_words
    from models.rules.reading import syllables

    syllables("预热")
    lunar_words(clock.today())
