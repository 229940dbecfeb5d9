"""Keeps what the clerk should know about the safety of the data before their eyes: backups, the last stop, drafts."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from models import clock
from models.records.base import all_kinds
from ui import work
from ui.bars import moment_words
from ui.main_window import MainWindow
from ui.opening import is_sample
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.card import Level, NoticeBar

LOOK_EVERY_MS = 60_000
CLOCK_SLACK = timedelta(minutes=10)
SECRECY = "内部资料 不得外传"
SAMPLE = "这是样例：单位、人员和事情都是虚构的。看完关闭窗口，再打开程序建立自己的台账。"


class Safety(QObject):
    """Makes the timed backups beside the window, shows the facts in the status bar and the notices above pages."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._failed: NoticeBar | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.back_up_if_due)
        session.backed_up.connect(self.show_backup)
        self._tell_of_last_time()
        self.show_backup()
        if session.office is not None:
            self._timer.start()

    def back_up_if_due(self) -> None:
        """Make the backup that is due, without standing in the way."""
        office = self._session.office
        if office is not None and office.backup_is_due:
            work.run(
                self._window, "备份", lambda _progress: office.backup_if_due(),
                lambda _path: self.show_backup(), quiet=True,
            )  # fmt: skip

    def show_backup(self) -> None:
        """Show how the last backup went: a fact in the status bar, a notice when it failed."""
        office = self._session.office
        last = office.last_backup if office else None
        fact, alarm = "", ""
        if last is not None:
            at = moment_words(datetime.fromisoformat(last.at), clock.today())
            fact = f"备份 {at} 已核对" if last.ok else ""
            alarm = "" if last.ok else f"备份 {at} 没有成功"
        elif office is not None:
            fact = "还没有备份"
        facts = [words for words in (fact, SECRECY) if words]
        self._window.status.set_facts(str(self._session.ledger.path), *facts, alarm=alarm)
        if self._failed is not None:
            self._failed.hide()
            self._failed.deleteLater()
            self._failed = None
        if last is not None and not last.ok:
            settings = Button("打开备份设置", small=True)
            settings.clicked.connect(lambda: self._session.open_page.emit("settings"))
            self._failed = self._notice(last.sentence, "warning", settings)

    # What was left from last time --------------------------------------------------------------

    def _tell_of_last_time(self) -> None:
        office, ledger = self._session.office, self._session.ledger
        if office is not None and is_sample(office.home.folder):
            self._window.setWindowTitle(f"样例 {self._window.windowTitle()}")
            self._window.show_notice(NoticeBar(SAMPLE, "info", closable=False))
        if office is not None and office.unclean:
            self._notice("上次未正常退出，数据完好。", "good")
        newest = ledger.history(limit=1)
        if newest and newest[0].at > clock.now() + CLOCK_SLACK:
            at = moment_words(newest[0].at, clock.today())
            self._notice(f"电脑的时钟比最近一次登记（{at}）还早，先校准时钟再登记。", "warning")
        self._offer_drafts()

    def _offer_drafts(self) -> None:
        labels = {kind.id: kind.label for kind in all_kinds()} | {"intake": "从文件识别"}
        drafts = [draft for draft in self._session.ledger.drafts() if draft[1] in labels]
        if not drafts:
            return
        _name, kind, record_id, _typed, at = drafts[0]
        where = "、".join(dict.fromkeys(labels[draft[1]] for draft in drafts))
        opened = Button("打开", small=True)
        when = moment_words(at, clock.today())
        notice = self._notice(
            f"有 {len(drafts)} 处没有保存的内容（{where}），最近一处 {when}。", "info", opened
        )
        opened.clicked.connect(lambda: self._open_draft(notice, kind, record_id))

    def _open_draft(self, notice: NoticeBar, kind: str, record_id: str) -> None:
        notice.hide()
        if kind == "intake":
            self._session.open_page.emit("intake")
        elif record_id:
            self._session.open_record.emit(kind, record_id)
        else:
            self._session.new_record.emit(kind, {})

    def _notice(self, text: str, level: Level, *buttons: Button) -> NoticeBar:
        notice = NoticeBar(text, level, buttons)
        self._window.show_notice(notice)
        return notice
