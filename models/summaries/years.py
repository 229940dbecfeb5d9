"""Which years there is something of, which one is in hand, and when it is over."""

from __future__ import annotations

from datetime import date

from models.store.reader import Reader

_DAYS = {
    "meeting": "starts_at", "study_session": "starts_at", "exam": "held_on", "supervised_case": "opened_on",
    "submission": "received_on", "dynamic": "received_on",
}  # fmt: skip
"""The day of each of the records that a year is made of; every one has an index."""


_SUMMED_UP = 2
"""The month by whose end the year before is summed up: its report is due on 1 March."""


def year_in_hand(on: date) -> int:
    """Return the year that is looked back on: until the end of February the one just over."""
    return on.year if on.month > _SUMMED_UP else on.year - 1


def is_over(year: int, as_of: date, today: date) -> bool:
    """Tell whether what is said of *year* as of its last day is said later: what was due that day is missed."""
    return as_of == date(year, 12, 31) < today


def years_on_record(reader: Reader, this_year: int) -> list[int]:
    """Return the years from the first record to the last, the latest first; *this_year* is among them.

    Years to come are those that something is planned in.
    """
    years = {this_year}
    for table, day in _DAYS.items():
        for which in ("min", "max"):
            sql = f"SELECT substr({which}({day}), 1, 4) FROM {table} WHERE deleted_at IS NULL"
            years.update(int(found) for (found,) in reader.db.execute(sql) if found)
    return list(range(max(years), min(years) - 1, -1))
