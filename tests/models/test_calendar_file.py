"""The .ics file: another program reads back what was shown, text from people stays text."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import icalendar
import pytest

from models.calendar_file import calendar_bytes, write_calendar
from models.summaries.calendar import OBLIGATION
from models.summaries.dated import Event

DAY = date(2026, 10, 20)
MADE = datetime(2026, 10, 15, 9, 0)


def meeting(title: str = "联席会议", **values: object) -> Event:
    return Event(
        "meeting", title, DAY, DAY, starts_at=datetime(2026, 10, 20, 9, 30), ends_at=datetime(2026, 10, 20, 11, 0),
        place="三楼会议室", record_kind="meeting", record_id="m1",
    )  # fmt: skip


def read(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_times_and_whole_days(tmp_path: Path) -> None:
    due = Event(OBLIGATION, "报送总结", DAY, date(2026, 10, 22), record_kind="clause", record_id="c1")
    written = write_calendar(tmp_path / "日历.ics", "澜溪县", [meeting(), due])
    timed, whole = read(written.path.read_bytes())
    assert (timed["dtstart"].dt, timed["dtend"].dt) == (meeting().starts_at, meeting().ends_at)
    assert (whole["dtstart"].dt, whole["dtend"].dt) == (DAY, date(2026, 10, 23))
    assert (str(timed["summary"]), str(timed["description"])) == ("联席会议", "三楼会议室")


def test_the_same_event_keeps_its_name() -> None:
    first, second = (
        read(calendar_bytes("历", [meeting(title)], MADE))[0]["uid"] for title in ("旧名", "新名")
    )
    assert first == second


@pytest.mark.parametrize(
    "title", ["甲\r\nBEGIN:VEVENT\r\nSUMMARY:乙", "a,b;c\\n:d", "甲\x00\x0b乙", "长" * 300]
)
def test_text_from_people_is_data(title: str) -> None:
    (event,) = read(calendar_bytes("历", [meeting(title)], MADE))
    kept = "".join(letter for letter in title if letter >= " " or letter == "\n")
    assert str(event["summary"]) == kept


def test_long_lines_are_folded_and_marks_escaped() -> None:
    content = calendar_bytes("历", [meeting("法治督察，" * 30 + "一;二,三")], MADE)
    assert max(map(len, content.split(b"\r\n"))) <= 75 and b"\n" not in content.replace(b"\r\n", b"")
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert "一\\;二\\,三" in unfolded
