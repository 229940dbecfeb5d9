"""What a reader remembers: the same until something is written, never what was taken back."""

from __future__ import annotations

import dataclasses

import pytest

from models.records.organisation import Person
from models.store.ledger import Ledger
from models.store.reader import MOST_KEPT
from tests.fixtures import SmallOffice


def names(ledger: Ledger) -> tuple[str, ...]:
    return ledger.remembered("names", lambda: tuple(sorted(person.name for person in ledger.find(Person))))


def test_the_same_object_until_something_is_written(ledger: Ledger, office: SmallOffice) -> None:
    first = names(ledger)
    assert names(ledger) is first
    with ledger.action("改名") as action:
        action.change(dataclasses.replace(office.head, name="陆怀远"))
    assert "陆怀远" in names(ledger)
    ledger.undo()
    assert names(ledger) == first


def test_what_was_taken_back_is_not_remembered(ledger: Ledger, office: SmallOffice) -> None:
    first = names(ledger)
    with pytest.raises(ZeroDivisionError), ledger.action("加人") as action:
        action.add(Person(name="叶雨桐"))
        names(ledger)
        _ = 1 / 0
    assert names(ledger) == first


def test_it_does_not_grow_without_end(ledger: Ledger) -> None:
    for number in range(3 * MOST_KEPT):
        ledger.remembered(number, lambda number=number: number)
    assert len(ledger._kept) <= MOST_KEPT
