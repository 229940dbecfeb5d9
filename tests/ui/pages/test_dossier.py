"""档案 in the window: opened like any record, parts at the left, lines open theirs, the form beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from models import clock
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui import walk
from ui import work
from ui.main_window import MainWindow
from ui.pages.dossier.page import DossierPage
from ui.session import Session
from ui.shell import make_window


@pytest.fixture
def window(qtbot: QtBot, ledger: Ledger, office: SmallOffice) -> Iterator[MainWindow]:
    with work.at_once():
        made = make_window(Session(ledger), "roster")
        qtbot.addWidget(made)
        made.show()
        yield made


def opened(window: MainWindow, kind_id: str, record_id: str) -> DossierPage:
    assert window.open_record(kind_id, record_id)
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    return page


def choose(page: DossierPage, title: str) -> list[str]:
    """Choose a part as a click does; return the first column."""
    words = [page.parts.item(row).text() for row in range(page.parts.count())]
    page.parts.setCurrentRow(next(row for row, word in enumerate(words) if word.startswith(title)))
    model = page.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_a_unit_and_from_it_a_person_and_back(window: MainWindow, office: SmallOffice) -> None:
    page = opened(window, "unit", office.justice.id)
    assert choose(page, "人员") == ["陆怀谦", "高书瑶", "尹素"]
    page.table.opened.emit(page.table.model().index(0, 0))
    assert page.dossier is not None and page.dossier.name == "陆怀谦"
    window.go_back()
    assert page.dossier.name == "县司法局"
    assert walk.faults(page) == []


def test_the_form_beside_changes_what_is_shown(
    window: MainWindow, office: SmallOffice, ledger: Ledger
) -> None:
    page = opened(window, "unit", office.education.id)
    page.edit_button.click()
    form = page.panes["unit"].form
    assert form is not None
    form.editor("short_name").setText("教育局")
    form.save()
    assert "教育局" in [
        page.table.model().index(row, 1).data() for row in range(page.table.model().rowCount())
    ]


def test_its_paper_and_a_new_record_go_where_they_belong(window: MainWindow, office: SmallOffice) -> None:
    page = opened(window, "unit", office.justice.id)
    window.new_record("person", {})
    assert window.place is not None and window.place.page_id == "roster"
    opened(window, "unit", office.justice.id)
    page.print_button.click()
    assert window.place.page_id == "preview"


@pytest.mark.parametrize(
    ("today", "year"), [(datetime(2027, 1, 6, 9), 2026), (datetime(2027, 3, 1, 9), 2027)]
)
def test_it_opens_with_the_year_in_hand_and_prints_what_it_shows(
    window: MainWindow, office: SmallOffice, today: datetime, year: int
) -> None:
    asked: list[dict[str, object]] = []
    with clock.held_at(today):
        page = opened(window, "unit", office.justice.id)
        page._session.open_report.connect(lambda _report, options: asked.append(options))
        assert page.dossier is not None and page.dossier.year == year
        page.when.show_year(2026)
        assert page.dossier.year == 2026
        page.print_button.click()
    assert asked == [{"record_id": office.justice.id, "as_of": today.date(), "year": 2026}]
