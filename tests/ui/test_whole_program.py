"""The whole window over the sample county: every page fits, is named, reached by keys, and leads nowhere wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from models.demo import make_county
from models.office import Office, Setup, create_office
from models.records.base import kind_of
from tests.ui import walk
from tests.ui.answers import answering
from ui import look, messages, theme, work
from ui.main_window import MINIMUM, MainWindow
from ui.opening.start import open_or_set_up
from ui.page import PageSpec
from ui.session import Session
from ui.shell import make_window, page_specs

PAGES = (
    "workbench",
    "calendar",
    "roster",
    "meetings",
    "study",
    "supervision",
    "filing",
    "registers",
    "intake",
    "reports",
    "writing",
    "settings",
)
MOST_TABS = 150
ANSWER_EVERY_MS = 15


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made, _code = create_office(tmp_path_factory.mktemp("office") / "data", Setup(clerk="苏映川"))
    make_county(made.ledger)
    with made:
        yield made


@pytest.fixture
def window(office: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window without what the buttons of another test began: a draft would ask before its page is left."""
    for name, *_ in office.ledger.drafts():
        office.ledger.drop_draft(name)
    with work.at_once():
        made = make_window(Session(office.ledger, office))
        qtbot.addWidget(made)
        made.resize(1366, 768)
        made.show()
        settle()
        yield made


@pytest.fixture
def declining(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Leave every dialog and menu as soon as it opens, by Esc. Yields their titles."""
    seen: list[str] = []
    monkeypatch.setattr(messages, "open_folder", lambda path: seen.append(str(path)))

    def leave() -> None:
        if (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        elif isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            seen.append(dialog.windowTitle())
            dialog.reject()

    timer = QTimer(interval=ANSWER_EVERY_MS)
    timer.timeout.connect(leave)
    timer.start()
    yield seen
    timer.stop()


def settle() -> None:
    """Let layouts and deferred work come to rest."""
    for _ in range(5):
        QApplication.processEvents()


def test_the_pages_tested_here_are_all_there_are(office: Office, qapp: QApplication) -> None:
    specs: list[PageSpec] = page_specs(Session(office.ledger, office))
    assert {spec.id for spec in specs} - {"preview", "dossier"} == set(PAGES)


class WindowsShown(QObject):
    """Notes each widget that shows itself as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(repr(watched))
        return False


@pytest.mark.parametrize("kind_id", ["meeting", "unit", "submission", "clause", "year_text"])
def test_no_part_is_a_window_on_the_way_to_its_place(
    window: MainWindow, office: Office, qapp: QApplication, kind_id: str
) -> None:
    shown = WindowsShown()
    qapp.installEventFilter(shown)
    record_id = office.ledger.find(kind_of(kind_id).record)[0].id
    assert window.open_record(kind_id, record_id)
    settle()
    qapp.removeEventFilter(shown)
    assert shown.seen == []


@pytest.mark.parametrize("page_id", PAGES)
def test_everything_has_its_name_and_fits_the_smallest_window(window: MainWindow, page_id: str) -> None:
    window.open_page(page_id)
    window.resize(*MINIMUM)
    settle()
    assert window.minimumSizeHint().width() <= MINIMUM[0]
    assert window.minimumSizeHint().height() <= MINIMUM[1]
    assert (window.width(), window.height()) == MINIMUM
    assert walk.faults(window) == []


@pytest.mark.parametrize("page_id", PAGES)
def test_tab_goes_round_the_whole_page(window: MainWindow, qtbot: QtBot, page_id: str) -> None:
    """Each stop is visible, none holds the keyboard fast, and the way ends where it began."""
    window.open_page(page_id)
    settle()
    start = window.focusWidget()
    assert window.page(page_id).isAncestorOf(start)
    stops: list[QWidget] = [start]
    for _ in range(MOST_TABS):
        qtbot.keyClick(stops[-1], Qt.Key.Key_Tab)
        here = window.focusWidget()
        assert here.isVisible()
        if here is start:
            break
        assert here not in stops, f"{here!r} leads back to itself, not to {start!r}"
        stops.append(here)
    else:
        pytest.fail(f"no way round in {MOST_TABS} steps")


@pytest.mark.qt_log_ignore("This plugin does not support")  # of menus, by the offscreen platform
@pytest.mark.parametrize("page_id", PAGES)
def test_every_button_may_be_pressed_and_declined(
    window: MainWindow, declining: list[str], qtbot: QtBot, page_id: str
) -> None:
    """Whatever opens is left again; the log, Qt's warnings and lost exceptions fail the test by themselves."""
    window.open_page(page_id)
    QApplication.processEvents()
    pressed = []
    for button in [one for one in window.page(page_id).findChildren(QAbstractButton) if one.isVisible()]:
        window.open_page(page_id)
        QApplication.processEvents()
        try:
            usable = button.isVisible() and button.isEnabled()
        except RuntimeError:  # a row that was made anew meanwhile
            continue
        if usable:
            pressed.append(walk.spoken_name(button))
            button.click()
            QApplication.processEvents()
    assert pressed or page_id == "roster"
    assert window.isVisible()
    theme.apply_theme(QApplication.instance(), "light")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", look.THEMES)
def test_a_theme_reaches_every_page(window: MainWindow, qapp: QApplication, name: str) -> None:
    for page_id in PAGES:
        window.open_page(page_id)
    theme.apply_theme(qapp, name)
    QApplication.processEvents()
    for page_id in PAGES:
        window.open_page(page_id)
        QApplication.processEvents()
        picture = window.grab().toImage()
        corner = QColor(picture.pixel(picture.width() - 4, 60))
        assert (corner.lightness() > 128) == (name == "light"), page_id
    theme.apply_theme(qapp, "light")


def test_a_second_window_on_the_same_data_is_refused_in_words(office: Office, qapp: QApplication) -> None:
    with answering(messages.CLOSE) as asked:
        assert open_or_set_up(Path(office.home.folder)) is None
    assert isinstance(asked[0], messages.Message)
    assert asked[0].title == "台账已经打开"
