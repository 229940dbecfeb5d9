"""Any kind as plain rows."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models.errors import ClerkError
from models.records.base import kind_of
from models.records.meeting import Attendance, Meeting
from models.records.organisation import Unit
from models.store.ledger import Ledger
from models.summaries.listing import as_table, json_rows, known_kind, records_as_of, shown_rows
from tests.fixtures import SmallOffice


def test_a_row_has_every_field_by_name_and_references_with_their_text(
    ledger: Ledger, office: SmallOffice
) -> None:
    row = json_rows(ledger, kind_of("meeting"))[0]
    assert row.keys() == {"id", "display", *(field.name for field in kind_of("meeting").fields)}
    assert row["body"] == {"id": office.body.id, "display": "澜溪县依法行政协调小组"}
    assert row["host"] == {"id": office.head.id, "display": "陆怀谦"}
    assert (row["convener"], row["starts_at"], row["ends_at"], row["delegated"]) == (
        None, "2026-10-13T09:30", None, False,
    )  # fmt: skip


def test_what_is_in_force_is_listed_as_of_a_day(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("撤并") as action:
        action.change(dataclasses.replace(office.education, valid_until=date(2026, 6, 30)))
    names = {
        day: [unit.name for unit in records_as_of(ledger, kind_of("unit"), day) if isinstance(unit, Unit)]
        for day in (date(2026, 6, 30), date(2026, 7, 1), None)
    }
    assert names == {
        date(2026, 6, 30): ["县司法局", "县教育局"],
        date(2026, 7, 1): ["县司法局"],
        None: ["县司法局", "县教育局"],
    }


def test_what_happened_is_listed_until_the_end_of_the_day_with_its_parts(
    ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("登记") as action:
        action.add(Attendance(meeting=office.meeting.id, unit=office.justice.id, person=office.head.id))
        action.add(
            Meeting(
                name="后来的会",
                category="专题会",
                body=office.body.id,
                starts_at=datetime(2026, 10, 14, 0, 0),
            )
        )
    for kind, before, then in (("meeting", 0, 1), ("attendance", 0, 1)):
        assert len(records_as_of(ledger, kind_of(kind), date(2026, 10, 12))) == before
        assert len(records_as_of(ledger, kind_of(kind), date(2026, 10, 13))) == then


def test_lines_are_parted_by_tabs_whatever_a_text_holds(ledger: Ledger) -> None:
    with ledger.action("登记") as action:
        action.add(Unit(name="县司法局", short_name="司\t法\n局", valid_from=date(2026, 1, 2)))
    head, line = as_table(*shown_rows(ledger, kind_of("unit")))
    assert head.split("\t")[:2] == ["单位名称", "简称"]
    assert len(line.split("\t")) == len(head.split("\t"))
    assert "2026年1月2日" in line


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ClerkError, match="unit（单位）"):
        known_kind("units")
