"""The recycle bin: grouped by deed, restored with parts, counted down from 90 days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import clock
from models.deeds.recycle_bin import binned_deeds, restore_from_bin
from models.errors import ClerkError
from models.records.meeting import AgendaItem, Meeting
from models.records.organisation import Appointment, Person
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice


def delete_meeting(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记议题") as action:
        action.add(AgendaItem(meeting=office.meeting.id, subject="审议要点", position=1))
    with ledger.action("删除会议") as action:
        action.remove(office.meeting)


def test_a_deed_lists_what_it_deleted_with_the_parts(ledger: Ledger, office: SmallOffice) -> None:
    assert binned_deeds(ledger) == []
    delete_meeting(ledger, office)
    with ledger.action("删除人员") as action:
        action.remove(office.teacher)
    newest, older = binned_deeds(ledger)
    assert (newest.sentence, [record.kind for record in newest.records]) == ("删除人员", ["person"])
    assert [(record.kind, record.is_part) for record in older.records] == [
        ("meeting", False),
        ("agenda_item", True),
    ]
    assert (older.clerk, older.days_left in (89, 90)) == ("苏映川", True)


def test_restoring_brings_the_parts_back_and_can_be_undone(ledger: Ledger, office: SmallOffice) -> None:
    delete_meeting(ledger, office)
    deed = binned_deeds(ledger)[0]
    assert restore_from_bin(ledger, deed.records, "恢复会议") == 1
    assert (len(ledger.find(Meeting)), len(ledger.find(AgendaItem)), binned_deeds(ledger)) == (1, 1, [])
    ledger.undo()
    assert (len(ledger.find(Meeting)), len(ledger.find(AgendaItem))) == (0, 0)


def test_a_restored_person_goes_back_though_posts_of_before_name_them(
    ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("删除人员") as action:
        action.remove(office.teacher)
    restore_from_bin(ledger, binned_deeds(ledger)[0].records, "恢复")
    ledger.undo()
    assert office.teacher.id not in {person.id for person in ledger.find(Person)}


def test_a_restored_person_stays_once_a_later_post_names_them(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("删除人员") as action:
        action.remove(office.teacher)
    restore_from_bin(ledger, binned_deeds(ledger)[0].records, "恢复")
    restoring = ledger.undoable()[0].seq
    with ledger.action("任职") as action:
        action.add(Appointment(person=office.teacher.id, unit=office.justice.id, title="科员"))
    with pytest.raises(ClerkError, match="后来登记的任职"):
        ledger.undo(restoring)


def test_a_record_deleted_twice_belongs_to_the_last_deed(ledger: Ledger, office: SmallOffice) -> None:
    for sentence in ("第一次删除", "第二次删除"):
        with ledger.action(sentence) as action:
            action.remove(office.teacher)
        if sentence == "第一次删除":
            restore_from_bin(ledger, binned_deeds(ledger)[0].records, "恢复")
    assert [deed.sentence for deed in binned_deeds(ledger)] == ["第二次删除"]


def test_after_ninety_days_it_is_gone(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("删除人员") as action:
        action.remove(office.teacher)
    with clock.held_at(clock.now() + timedelta(days=60)):
        assert binned_deeds(ledger)[0].days_left in (29, 30)
    with clock.held_at(clock.now() + timedelta(days=91)):
        ledger.purge()
        named = [person.name for person in ledger.find(Person)]
    assert office.teacher.name not in named
