"""A list of 100,000 people: open, search per key, filter, sort; as painted, against the raw query."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QApplication

from models.store.ledger import Ledger
from models.store.reader import Filter
from tests.benchmarks.figures import Figure, compared, taken
from tests.benchmarks.places import application, crowd
from ui.session import Session
from ui.tables.record_table import RecordTable

_KEYS = ("w", "wa", "wan", "wang", "王", "王素", "z", "zy", "zyy", "139", "13900099")
_FRAME_MS, _OPEN_MS, _SORT_MS = 16, 100, 100
_COLUMNS = "SELECT t.id, t.name, t.phone, t.staff_kind FROM person t"
_FIRST = "ORDER BY t.headline, t.rowid LIMIT 200"
_ALL = f"{_COLUMNS} WHERE t.deleted_at IS NULL {_FIRST}"
_FOUND = (
    f"{_COLUMNS} INDEXED BY person_headline WHERE t.deleted_at IS NULL AND instr(t.search_text, ?) {_FIRST}"
)
_KIND = f"{_COLUMNS} NOT INDEXED WHERE t.deleted_at IS NULL AND t.staff_kind = ? {_FIRST}"


def measure() -> Iterator[Figure]:
    """Show real tables on a real ledger, without a screen. The raw query is the fastest form of it."""
    application()
    with crowd() as ledger:
        session = Session(ledger)
        yield from _opened(session)
        yield from _asked(session, ledger)
        for kind_id in ("person", "attendance", "appointment"):
            yield from _sorted(_shown(session, kind_id))


def _shown(session: Session, kind_id: str) -> RecordTable:
    table = RecordTable(session, kind_id)
    table.resize(950, 620)
    table.show()
    QApplication.processEvents()
    return table


def _opened(session: Session) -> Iterator[Figure]:
    for kind_id in ("person", "attendance", "appointment"):
        spent = taken(lambda kind_id=kind_id: _shown(session, kind_id).deleteLater())
        yield Figure(f"100,000 rows of {kind_id}: open, painted, counted", spent, at_most=_OPEN_MS)


def _asked(session: Session, ledger: Ledger) -> Iterator[Figure]:
    table = _shown(session, "person")

    def against(deed: Callable[[], object], sql: str, *values: str) -> tuple[float, float]:
        def painted() -> None:
            deed()
            table.view.viewport().repaint()

        def raw() -> None:
            ledger.db.execute(sql, values).fetchall()
            table.view.viewport().repaint()

        return compared(painted, raw)

    pairs = [against(lambda typed=typed: table.search(typed), _FOUND, typed) for typed in _KEYS]
    for typed, (value, _) in zip(_KEYS, pairs, strict=True):
        yield Figure(f"person, search “{typed}”: key to painted", value, at_most=_FRAME_MS)
    whole, raw = (sum(column) for column in zip(*pairs, strict=True))
    yield Figure("person, all these keys against query and painting", whole, baseline=raw, times=1.5)
    yield Figure("person, count of what was found, after painting", taken(table._count))
    table.search("")
    public = Filter("staff_kind", "=", "公务员")
    value, raw = against(lambda: table.set_filters([public]), _KIND, "公务员")
    yield Figure("person, filter 人员类别: to painted", value, baseline=raw, times=1.5)


def _sorted(table: RecordTable) -> Iterator[Figure]:
    for name in table.model.columns:

        def by_column(name: str = name) -> None:
            table._sort(name)
            table.view.viewport().repaint()

        spent, _ = compared(by_column, lambda: table._sort(""), 5)
        yield Figure(f"{table.kind.id}, sort by {name}: to painted", spent, at_most=_SORT_MS)
