"""What the pages share: the open ledger, and the news that something in it changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from models.office import Office
from models.settings import OfficeSettings, load_settings
from models.store.ledger import Ledger


class Session(QObject):
    """The one open ledger of this window; *office* is its data folder (None in tests of single pages).

    ``changed`` follows each committed action with the kinds it touched and its sentence; pages refresh
    what they show of those kinds. ``open_record`` asks the window to show a record.
    """

    changed = Signal(object, str)
    open_record = Signal(str, str)
    new_record = Signal(str, object)
    """Kind and first values (a dict by field name): the window opens an empty form on the page of the kind."""
    open_page = Signal(str)
    backed_up = Signal()
    """A backup was made or tried."""
    restore_requested = Signal(str)
    """Path of a backup to be put in the place of the data: the window closes for it and opens again."""
    open_report = Signal(str, object)
    """Identifier of a report and its options as a dict (meeting_id, body_id, year, as_of)."""
    written = Signal(object)
    """The Path of a file or folder just written: the window says so and offers to open its folder."""

    closed = Signal()
    """The ledger will be closed: nothing may ask it any more."""

    def __init__(self, ledger: Ledger, office: Office | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self.office = office
        self.restore_from = ""
        self.settings: OfficeSettings = load_settings(ledger)
        ledger.on_change(self.changed.emit)

    def later(self, owner: QObject, deed: Callable[[], object], after_ms: int = 0) -> QTimer:
        """Return a timer of *owner* that, once started, does *deed* that much later, unless the session has closed."""
        timer = QTimer(owner, singleShot=True, interval=after_ms)
        timer.timeout.connect(deed)
        self.closed.connect(timer.stop)
        return timer

    def close(self) -> None:
        """Let go of the ledger, which is closed next: what waits for its turn is given up."""
        self.closed.emit()

    def reload_settings(self) -> None:
        """Read the settings again after they were saved."""
        self.settings = load_settings(self.ledger)
        self.changed.emit(set(), "")
