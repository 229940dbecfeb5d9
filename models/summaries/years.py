"""Which years there is something of: for lists of years to choose from."""

from __future__ import annotations

from models.store.reader import Reader

_DAYS = {
    "meeting": "starts_at", "study_session": "starts_at", "exam": "held_on", "supervised_case": "opened_on",
    "submission": "received_on", "dynamic": "received_on",
}  # fmt: skip
"""The day of each of the records that a year is made of; every one has an index."""


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
