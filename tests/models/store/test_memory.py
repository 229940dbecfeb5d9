"""What a reader remembers: the same until a table it was read from is written, never what was taken back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from models.records.organisation import Person, Unit
from models.store.ledger import Ledger
from models.store.memory import MOST_KEPT
from tests.fixtures import SmallOffice


def names(ledger: Ledger, kind: type[Person | Unit] = Person) -> tuple[str, ...]:
    return ledger.remembered(kind, lambda: tuple(sorted(one.name for one in ledger.find(kind))))


def both(ledger: Ledger) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return ledger.remembered("both", lambda: (names(ledger), names(ledger, Unit)))


def rename(ledger: Ledger, record: Person | Unit) -> None:
    with ledger.action("改名") as action:
        action.change(dataclasses.replace(record, name="陆怀远"))


def test_the_same_object_until_something_is_written(ledger: Ledger, office: SmallOffice) -> None:
    first = names(ledger)
    assert names(ledger) is first
    rename(ledger, office.head)
    assert "陆怀远" in names(ledger)
    ledger.undo()
    assert names(ledger) == first


def test_what_reads_other_tables_stays(ledger: Ledger, office: SmallOffice) -> None:
    people, units = names(ledger), names(ledger, Unit)
    rename(ledger, office.head)
    assert names(ledger, Unit) is units
    assert names(ledger) is not people


@pytest.mark.parametrize("changed", ["head", "justice"])
def test_what_is_made_of_two_goes_with_either(ledger: Ledger, office: SmallOffice, changed: str) -> None:
    names(ledger), both(ledger)
    rename(ledger, getattr(office, changed))
    assert "陆怀远" in sum(both(ledger), ())


def test_a_headline_that_follows_another_record_is_a_write(ledger: Ledger, office: SmallOffice) -> None:
    def posts() -> tuple[str, ...]:
        return ledger.remembered("posts", lambda: tuple(ledger.names("appointment").values()))

    before = posts()
    rename(ledger, office.head)
    assert posts() != before


OTHER_WRITES: dict[str, Callable[[Ledger], object]] = {
    "setting": lambda ledger: ledger.set_setting("office_name", "新名"),
    "draft": lambda ledger: ledger.save_draft("人员", "person", "", {"name": "叶"}),
    "view": lambda ledger: ledger.save_view("person", "在职", "{}"),
}


@pytest.mark.parametrize("write", OTHER_WRITES.values(), ids=OTHER_WRITES)
def test_a_draft_or_a_setting_costs_no_list(
    ledger: Ledger, office: SmallOffice, write: Callable[[Ledger], object]
) -> None:
    people = names(ledger)
    write(ledger)
    assert names(ledger) is people


def test_a_setting_is_read_anew(ledger: Ledger) -> None:
    def name() -> str:
        return ledger.remembered("office", lambda: ledger.setting("office_name"))

    before = name()
    ledger.set_setting("office_name", "新名")
    assert (name(), before != "新名") == ("新名", True)


def test_what_was_taken_back_is_not_remembered(ledger: Ledger, office: SmallOffice) -> None:
    first = names(ledger)
    with pytest.raises(ZeroDivisionError), ledger.action("加人") as action:
        action.add(Person(name="叶雨桐"))
        names(ledger)
        _ = 1 / 0
    assert names(ledger) == first


def test_a_write_that_nobody_watched_forgets_everything(ledger: Ledger, office: SmallOffice) -> None:
    names(ledger)
    ledger.db.execute("UPDATE person SET name = '陆怀远' WHERE id = ?", (office.head.id,))
    assert "陆怀远" in names(ledger)


def test_it_does_not_grow_without_end(ledger: Ledger) -> None:
    for number in range(3 * MOST_KEPT):
        ledger.remembered(number, lambda number=number: number)
    assert len(ledger.memory) <= MOST_KEPT
