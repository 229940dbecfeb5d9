"""What the benchmarks work on: a county's ledger, a ledger of 100,000 people, an application object."""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from models.demo import make_county
from models.records.meeting import Attendance, Meeting
from models.records.organisation import Appointment, Body, Person, Unit
from models.store.ids import uuid7
from models.store.ledger import Ledger
from tests.benchmarks.bulk import Bulk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

KEY = bytes(range(32))
TODAY = date(2026, 11, 21)
MANY = 100_000
_STAMP = datetime(2026, 11, 21, 9, 0)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜单仇曾解"
GIVEN = "怀谦书瑶素屿映川文博思远明轩雨桐建国志强晓峰丽华海燕永康新宇"


@contextmanager
def ledger_in(folder: Path) -> Iterator[Ledger]:
    """Open a ledger in *folder*."""
    ledger = Ledger(folder / "ledger.db", KEY, clerk="苏映川", before_migration=lambda: None)
    try:
        yield ledger
    finally:
        ledger.close()


@contextmanager
def county() -> Iterator[Ledger]:
    """Yield the demo county's ledger."""
    with TemporaryDirectory() as folder, ledger_in(Path(folder)) as ledger:
        make_county(ledger, today=TODAY)
        yield ledger


@contextmanager
def crowd() -> Iterator[Ledger]:
    """Yield a ledger of 100,000 people with a post each and 100,000 rows of attendance.

    Written as rows, past the rules and the history: only lists are measured on it.
    """
    chance = random.Random(2026)
    with TemporaryDirectory() as folder, ledger_in(Path(folder)) as ledger:
        with ledger.action("登记单位") as action:
            body = action.add(Body(name="澜溪县依法治县办公室", category="办公室"))
            units = [action.add(Unit(name=f"澜溪县第{place}单位", position=place)) for place in range(100)]
            meetings = [
                action.add(
                    Meeting(name=f"第{place}次会议", category="联席会议", body=body.id,
                            starts_at=datetime(2020, 1, 6, 9, 30) + timedelta(days=place))
                )
                for place in range(MANY // len(units))
            ]  # fmt: skip
        people = [
            Person(
                id=uuid7(), phone=f"139{place:08d}", staff_kind=chance.choice(("领导干部", "公务员")),
                name=chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN),
            )
            for place in range(MANY)
        ]  # fmt: skip
        posts = [
            Appointment(
                id=uuid7(), person=person.id, unit=units[place % len(units)].id, title="科员",
                post="工作人员", position=place, valid_from=TODAY - timedelta(days=chance.randrange(3000)),
            )
            for place, person in enumerate(people)
        ]  # fmt: skip
        attended = [
            Attendance(
                id=uuid7(), meeting=meetings[place // len(units)].id, unit=units[place % len(units)].id,
                person=person.id, position=place % len(units), status="出席",
            )
            for place, person in enumerate(people)
        ]  # fmt: skip
        bulk = Bulk(ledger)
        for records in (people, posts, attended):
            bulk.add(records, _STAMP)
        yield ledger


def application() -> QApplication:
    """Return the application object as the program makes it, without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from ui.app import prepare_application

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    qInstallMessageHandler(lambda *_: None)
    made = QApplication([])
    prepare_application(made)
    gc.freeze()  # as the program does when its window stands
    return made
