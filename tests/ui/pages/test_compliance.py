"""制度执行: obligations with their proof, waived with a reason; ready-made clauses taken over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models import clock
from models.clause_presets import apply_clauses
from models.records.meeting import Meeting
from models.records.organisation import Person
from models.records.rules import Clause, Waiver
from models.rules.duties import State
from models.store.ledger import Ledger
from models.summaries.obligations import obligations
from tests.fixtures import LONG_AGO, SmallOffice
from tests.ui import walk
from ui import work
from ui.dialogs.clause_set import ClauseSetDialog
from ui.dialogs.obligation import ObligationDialog
from ui.dialogs.waiver import WaiverDialog
from ui.pages.compliance import PEOPLE, ComplianceView
from ui.session import Session

TODAY = date(2026, 11, 21)
SINCE = date(2025, 1, 1)


@pytest.fixture
def view(qtbot: QtBot, session: Session, office: SmallOffice) -> Iterator[ComplianceView]:
    """Two joint meetings a year, of which 2026 has one; 40 hours of four civil servants."""
    with clock.held_at(LONG_AGO), session.ledger.action("登记条款") as action:
        action.add(
            Clause(
                name="联席会议每半年一次",
                body=office.body.id,
                meeting_category="联席会议",
                per="半年",
                valid_from=SINCE,
            )
        )
        action.add(
            Clause(
                name="公务员四十学时", owed_by="每名人员", answered_by="学法", measure="学时", threshold=40,
                valid_from=SINCE,
            )
        )  # fmt: skip
        action.add(
            Meeting(
                name="第一次联席会议", category="联席会议", body=office.body.id, state="召开",
                starts_at=datetime(2026, 3, 5, 9),
            )
        )  # fmt: skip
    with clock.held_at(datetime.combine(TODAY, datetime.min.time())):
        made = ComplianceView(session)
        qtbot.addWidget(made)
        made.resize(960, 420)
        with qtbot.waitExposed(made):
            made.show()
        made.refresh()
        yield made


def words(view: ComplianceView) -> list[str]:
    return [f"{item.period} {item.words}" for item in view.shown]


def test_a_year_as_of_a_day(view: ComplianceView) -> None:
    assert words(view) == ["2026年下半年 正常", "2026年上半年 已完成"]
    view.day.look_at(date(2026, 2, 1))
    assert words(view) == ["2026年上半年 正常", "2026年下半年 未开始"]
    view.day.look_at(None)
    view.year.setCurrentText("2025")
    assert words(view) == ["2025年上半年 逾期 509 天", "2025年下半年 逾期 325 天"]


def test_filters_narrow_and_can_be_cleared(view: ComplianceView) -> None:
    view.state.setCurrentIndex(view.state.findData(State.DONE))
    assert words(view) == ["2026年上半年 已完成"]
    view.search.setText("没有这样的")
    view.search.search_now()
    assert not view.shown and view.table._empty.isVisible()
    view.table._empty.button.click()
    assert len(view.shown) == 2


def test_people_are_computed_beside_the_window(view: ComplianceView, ledger: Ledger) -> None:
    with work.at_once():
        view.whose.pick(PEOPLE)
    assert len(view.shown) == len(ledger.find(Person))
    assert {item.figures for item in view.shown} == {"0 / 40 学时"}
    assert "陆怀谦（县司法局）" in {item.owner.label for item in view.shown}


def test_the_proof_opens_and_what_is_done_cannot_be_waived(
    view: ComplianceView, session: Session, qtbot: QtBot
) -> None:
    done = next(item for item in view.shown if item.state is State.DONE)
    dialog = ObligationDialog(view, session, done)
    qtbot.addWidget(dialog)
    assert not dialog.waive_button.isEnabled()
    assert walk.faults(dialog) == []
    with qtbot.waitSignal(session.open_record) as opened:
        dialog.open_button.click()
    assert opened.args == ["meeting", done.evidence[0].id]


def test_a_meeting_of_the_wrong_type_is_pointed_out_and_opens(
    view: ComplianceView, session: Session, office: SmallOffice, qtbot: QtBot
) -> None:
    with session.ledger.action("登记会议") as action:
        held = action.add(
            Meeting(
                name="推进依法行政专题会", category="专题会", body=office.body.id, state="召开",
                starts_at=datetime(2026, 8, 3, 9),
            )
        )  # fmt: skip
    with clock.held_at(datetime(2026, 12, 30, 9)):
        found = obligations(session.ledger, clock.today(), 2026, people=False)
        dialog = ObligationDialog(view, session, next(item for item in found if item.state is State.SOON))
    qtbot.addWidget(dialog)
    dialog.show()
    assert walk.shown_words(dialog, "有一次「推进依法行政专题会」会议，类型不符")
    assert walk.faults(dialog) == []
    with qtbot.waitSignal(session.open_record) as opened:
        dialog.open_button.click()
    assert opened.args == ["meeting", held.id]


def test_waived_with_a_reason(view: ComplianceView, session: Session, qtbot: QtBot) -> None:
    item = view.shown[0]
    dialog = WaiverDialog(view, session, item, "免办", TODAY)
    qtbot.addWidget(dialog)
    dialog.finish()
    assert not session.ledger.find(Waiver)  # no reason, nothing written
    dialog.reason.setText("与述职会议合并召开")
    dialog.finish()
    assert [(item.period, item.words, item.reason) for item in view.shown if item.state is State.WAIVED] == [
        ("2026年下半年", "免办", "与述职会议合并召开")
    ]
    session.ledger.undo()
    assert all(item.state is not State.WAIVED for item in view.shown)


def test_clauses_are_taken_over(
    view: ComplianceView, session: Session, qtbot: QtBot, qapp: QApplication
) -> None:
    dialog = ClauseSetDialog(view, session, SINCE)
    qtbot.addWidget(dialog)
    dialog.choice.setCurrentText("现行制度")
    assert walk.faults(dialog) == []
    for clause in dialog.chosen.clauses[1:]:
        dialog.tick(clause.name, False)
    dialog.finish()
    first = dialog.chosen.clauses[0]
    assert session.ledger.find(Clause, "name = ?", (first.name,))
    again = ClauseSetDialog(view, session, SINCE)
    qtbot.addWidget(again)
    again.choice.setCurrentText("现行制度")
    again.tick(first.name, True)  # there already: it stays unticked
    for clause in again.chosen.clauses[1:]:
        again.tick(clause.name, False)
    assert not again.apply_button.isEnabled()


def test_every_control_has_its_name(view: ComplianceView, ledger: Ledger) -> None:
    apply_clauses(ledger, "today", SINCE)
    assert walk.faults(view) == []
    assert view.minimumSizeHint().width() <= 760
