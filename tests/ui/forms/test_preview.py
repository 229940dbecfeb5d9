"""The form of a clause: fields come and go with what is chosen, a sentence reads the clause back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from models.records.rules import Clause
from models.store.ledger import Ledger
from ui.forms.record_form import RecordForm
from ui.session import Session
from ui.widgets.label import Label

SENTENCE = "每个镇街每年 3 月 1 日前报送上一年度法治建设年度报告 1 份"


@pytest.fixture
def form(ledger: Ledger, qtbot: QtBot) -> Iterator[RecordForm]:
    session = Session(ledger)
    made = RecordForm(session, "clause")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.give_up()
    session.deleteLater()


def shown(form: RecordForm) -> set[str]:
    return {field.name for field in form.kind.fields if form.editor(field.name).isVisible()}  # type: ignore[attr-defined]


def said(form: RecordForm) -> str:
    return next(label.text() for label in form.findChildren(Label) if label.property("role") == "preview")


def test_the_sentence_follows_what_is_typed(form: RecordForm) -> None:
    for name, value in {
        "owed_by": "每个单位", "unit_category": "镇街", "answered_by": "报送", "submission_item": "法治建设年度报告",
        "about_before": True, "deadline": "03-01",
    }.items():  # fmt: skip
        form.editor(name).put(value)
    assert said(form) == SENTENCE
    form.editor("deadline").put_typed("3-3x")  # not a day yet
    assert "3-3x" not in said(form)


def test_fields_show_while_they_are_called_for(form: RecordForm) -> None:
    assert {"meeting_category", "times", "deadline"} <= shown(form)
    assert not {"submission_item", "threshold", "within_days", "staff_kinds"} & shown(form)
    form.editor("answered_by").put("学法")
    form.editor("measure").put("学时")
    form.editor("owed_by").put("每名人员")
    assert {"study_category", "threshold", "staff_kinds"} <= shown(form)
    assert not {"meeting_category", "times", "unit_category"} & shown(form)


def test_a_loaded_clause_shows_its_own_fields(form: RecordForm) -> None:
    form.load(Clause(name="反馈", answered_by="督办反馈", per="每次", within_days=7))
    assert {"within_days", "workdays"} <= shown(form)
    assert said(form) == "本办公室在每次督办事项办结后 7 天内反馈办理结果"
