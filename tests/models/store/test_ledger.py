"""Actions, history, undo and the recycle bin on a real file."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import clock
from models.errors import ClerkError, InvalidRecord
from models.records.base import all_kinds
from models.records.meeting import AgendaItem, Attendance, Meeting, Resolution
from models.records.organisation import Body, Membership, Person, Seat, Unit
from models.store.action import Action, LockedRecord
from models.store.ledger import UNDO_DEPTH, Ledger
from models.store.reader import RowQuery
from models.store.schema import STAMPS
from models.summaries.soundness import findings_of
from tests.fixtures import KEY, SmallOffice


def test_every_description_fits_the_migrated_schema(ledger: Ledger) -> None:
    for kind in all_kinds():
        columns = {row[1] for row in ledger.db.execute(f"PRAGMA table_info({kind.table})")}
        assert columns == {"id", *STAMPS, *(field.name for field in kind.fields)}, kind.id


def test_a_record_comes_back_as_it_was_written(ledger: Ledger, office: SmallOffice) -> None:
    found = ledger.get(Meeting, office.meeting.id)
    assert found is not None
    assert found.values() == office.meeting.values()
    assert (found.entered_by, found.deleted_at) == ("苏映川", None)


def test_an_error_inside_an_action_leaves_nothing(ledger: Ledger) -> None:
    with pytest.raises(InvalidRecord), ledger.action("登记两家单位") as action:
        action.add(Unit(name="县司法局"))
        action.add(Unit(name="  "))
    assert ledger.find(Unit) == []
    assert ledger.history() == []


def test_listeners_hear_of_what_is_committed(ledger: Ledger) -> None:
    heard: list[tuple[set[str], str]] = []
    ledger.on_change(lambda kinds, sentence: heard.append((kinds, sentence)))
    with ledger.action("登记单位「县司法局」") as action:
        action.add(Unit(name="县司法局"))
    with ledger.action("什么也没做"):
        pass
    assert heard == [({"unit"}, "登记单位「县司法局」")]


def test_history_says_who_did_what(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("单位改名") as action:
        action.change(dataclasses.replace(office.justice, name="县司法行政局"))
    newest = ledger.history(kind="unit", record_id=office.justice.id)[0]
    assert (newest.sentence, newest.clerk, newest.changes) == ("单位改名", "苏映川", 1)
    change = ledger.changes_of(newest.seq)[0]
    assert (change.before, change.after) == ({"name": "县司法局"}, {"name": "县司法行政局"})


def test_the_history_cannot_be_rewritten_and_shows_tampering(ledger: Ledger, office: SmallOffice) -> None:
    with pytest.raises(Exception, match="append-only"):
        ledger.db.execute("UPDATE action SET clerk = '别人'")
    assert ledger.broken_history() is None
    ledger.db.execute("DROP TRIGGER change_no_update")
    ledger.db.execute("UPDATE change SET after = '{}' WHERE position = 0")
    assert ledger.broken_history() == 1


def test_removing_takes_the_parts_along_and_restoring_brings_them_back(
    ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("删除机构") as action:
        action.remove(office.body)
    assert (ledger.find(Body), ledger.find(Seat), ledger.find(Membership)) == ([], [], [])
    gone = ledger.get(Body, office.body.id)
    assert gone is not None and gone.deleted_at
    with ledger.action("恢复机构") as action:
        action.restore(gone)
    assert (len(ledger.find(Body)), len(ledger.find(Seat)), len(ledger.find(Membership))) == (1, 3, 2)


def test_restoring_does_not_bring_back_what_was_deleted_before(ledger: Ledger, office: SmallOffice) -> None:
    seat = ledger.find(Seat)[0]
    with ledger.action("删除一席") as action:
        action.remove(seat)
    with ledger.action("删除机构") as action:
        action.remove(office.body)
    with ledger.action("恢复机构") as action:
        action.restore(office.body)
    assert seat.id not in {kept.id for kept in ledger.find(Seat)}


def test_undo_walks_back_and_an_undo_can_be_undone(ledger: Ledger) -> None:
    with ledger.action("登记单位") as action:
        unit = action.add(Unit(name="县司法局"))
    with ledger.action("改名") as action:
        action.change(dataclasses.replace(unit, name="县司法行政局"))
    assert ledger.undo() == "改名"
    assert [found.name for found in ledger.find(Unit)] == ["县司法局"]
    assert ledger.search("司法局")[0].headline == "县司法局"
    assert ledger.undo() == "登记单位"
    assert ledger.find(Unit) == []
    again = ledger.undoable()[0]
    ledger.undo(again.seq)
    assert ledger.history()[0].sentence == "恢复：登记单位"
    assert [found.name for found in ledger.find(Unit)] == ["县司法局"]


def test_undo_is_refused_when_something_was_built_on_it(ledger: Ledger) -> None:
    with ledger.action("登记单位") as action:
        unit = action.add(Unit(name="县司法局"))
    first = ledger.undoable()[0].seq
    with ledger.action("改名") as action:
        action.change(dataclasses.replace(unit, name="县司法行政局"))
    with pytest.raises(ClerkError, match="后来又改动过"):
        ledger.undo(first)
    assert len(ledger.find(Unit)) == 1


def test_a_hundred_deeds_can_be_taken_back_one_by_one(ledger: Ledger) -> None:
    for number in range(UNDO_DEPTH + 1):
        with ledger.action(f"第{number}件") as action:
            action.add(Unit(name=f"单位{number}"))
    assert [ledger.undo() for _ in range(UNDO_DEPTH)] == [
        f"第{number}件" for number in range(UNDO_DEPTH, 0, -1)
    ]
    assert [unit.name for unit in ledger.find(Unit)] == ["单位0"]


def test_a_deed_that_touches_a_record_more_than_once_is_taken_back_whole(ledger: Ledger) -> None:
    with ledger.action("登记并改") as action:
        unit = action.add(Unit(name="县司法局"))
        action.change(dataclasses.replace(unit, short_name="司法局"))
        other = action.change(dataclasses.replace(unit, name="县司法行政局", short_name="司法局"))
    with ledger.action("改两次再删") as action:
        action.change(dataclasses.replace(other, position=1))
        action.change(dataclasses.replace(other, position=2))
        action.remove(other)
    assert ledger.undo() == "改两次再删"
    assert [(unit.name, unit.position) for unit in ledger.find(Unit)] == [("县司法行政局", None)]
    assert ledger.undo() == "登记并改"
    ledger.undo(ledger.undoable()[0].seq)
    assert [(unit.name, unit.short_name) for unit in ledger.find(Unit)] == [("县司法行政局", "司法局")]


@given(order=st.permutations(range(4)))
def test_independent_actions_can_be_undone_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    path = tmp_path_factory.mktemp("undo") / "ledger.db"
    ledger = Ledger(path, KEY, clerk="", before_migration=lambda: None)
    for name in "甲乙丙丁":
        with ledger.action(f"登记{name}") as action:
            action.add(Unit(name=name))
    seqs = [entry.seq for entry in reversed(ledger.undoable())]
    left = set("甲乙丙丁")
    for index in order:
        ledger.undo(seqs[index])
        left.remove("甲乙丙丁"[index])
        assert {unit.name for unit in ledger.find(Unit)} == left
    assert ledger.broken_history() is None
    ledger.close()


def test_issued_minutes_are_locked_but_for_a_correction(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("印发") as action:
        issued = action.change(
            dataclasses.replace(office.meeting, state="印发", issued_on=date(2026, 10, 20))
        )
    with pytest.raises(LockedRecord, match="更正"), ledger.action("改地点") as action:
        action.change(dataclasses.replace(issued, place="县行政中心 208"))
    with pytest.raises(LockedRecord), ledger.action("加议程") as action:
        action.add(AgendaItem(meeting=issued.id, subject="传达精神"))
    with ledger.action("更正会议地点", reason="原地点写错") as action:
        action.change(dataclasses.replace(issued, place="县行政中心 208"))
    assert ledger.history()[0].reason == "原地点写错"


def test_what_comes_after_the_minutes_needs_no_correction(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("印发") as action:
        resolved = action.add(Resolution(meeting=office.meeting.id, content="开展案卷评查"))
        issued = action.change(
            dataclasses.replace(office.meeting, state="印发", issued_on=date(2026, 10, 20))
        )
    with ledger.action("会后") as action:
        action.change(dataclasses.replace(issued, report_after=date(2026, 10, 22), note="已送"))
        done = action.change(dataclasses.replace(resolved, done_on=date(2026, 11, 1), outcome="已办结"))
    assert ledger.history()[0].reason == ""
    with pytest.raises(LockedRecord), ledger.action("改议定") as action:
        action.change(dataclasses.replace(done, content="不开展", outcome="改了"))


def _attach(action: Action, office: SmallOffice) -> None:
    action.add(Attendance(meeting=office.meeting.id, person=office.head.id, status="出席"))


def _name(action: Action, office: SmallOffice) -> None:
    action.add(Resolution(meeting=office.meeting.id, content="整改", lead_units=(office.justice.id,)))


@pytest.mark.parametrize("later", [_attach, _name])
def test_what_later_deeds_built_on_is_not_taken_out(
    ledger: Ledger, office: SmallOffice, later: Callable[[Action, SmallOffice], None]
) -> None:
    entered = ledger.undoable()[0].seq
    with ledger.action("后来") as action:
        later(action, office)
    with pytest.raises(ClerkError, match="先撤销那一步"):
        ledger.undo(entered)
    ledger.undo()
    ledger.undo(entered)
    assert list(findings_of(ledger)) == []


def test_a_part_comes_back_only_to_its_whole(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("议程") as action:
        item = action.add(AgendaItem(meeting=office.meeting.id, subject="通报"))
    with ledger.action("删议程") as action:
        action.remove(item)
    first = ledger.undoable()[0].seq
    with ledger.action("删会议") as action:
        action.remove(office.meeting)
    with pytest.raises(ClerkError, match="先恢复那一条"):
        ledger.undo(first)
    with pytest.raises(ClerkError, match="先恢复那一条"), ledger.action("恢复") as action:
        action.restore(item)
    ledger.undo()
    ledger.undo(first)
    assert ledger.get(AgendaItem, item.id).deleted_at is None  # type: ignore[union-attr]


def test_purge_keeps_what_is_young_or_still_named(ledger: Ledger, office: SmallOffice) -> None:
    with clock.held_at(datetime.now() - timedelta(days=100)), ledger.action("删除") as action:
        lonely = action.add(Unit(name="旧单位"))
        action.remove(lonely)
        action.remove(office.justice)  # still named by seats and appointments
    with ledger.action("删除人员") as action:
        fresh = action.add(Person(name="丁承泽"))
        action.remove(fresh)
    assert ledger.purge() == 1
    assert ledger.get(Unit, lonely.id) is None
    assert ledger.get(Unit, office.justice.id) is not None
    assert ledger.get(Person, fresh.id) is not None


def test_a_reader_of_another_thread_sees_what_is_committed(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.reading() as reader:
        assert reader.count(RowQuery("unit", ())) == 2
        with pytest.raises(Exception, match=r"readonly|read-only"):
            reader.db.execute("DELETE FROM unit")


def test_drafts_settings_and_views_are_kept(ledger: Ledger) -> None:
    ledger.save_draft("unit:new", "unit", "", {"name": "县司"})
    ledger.save_draft("unit:new", "unit", "", {"name": "县司法"})
    assert [draft[:4] for draft in ledger.drafts()] == [("unit:new", "unit", "", {"name": "县司法"})]
    ledger.drop_draft("unit:new")
    assert ledger.drafts() == []
    ledger.save_view("unit", "常用", '{"columns": ["name"]}')
    assert ledger.saved_views("unit") == {"常用": '{"columns": ["name"]}'}
