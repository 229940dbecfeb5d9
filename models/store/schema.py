"""How a register becomes a table, used by the migrations."""

from __future__ import annotations

from models.store.database import Database

STAMPS = {
    "headline": "TEXT NOT NULL DEFAULT ''",
    "search_text": "TEXT NOT NULL DEFAULT ''",
    "entered_at": "TEXT NOT NULL",
    "entered_by": "TEXT NOT NULL DEFAULT ''",
    "changed_at": "TEXT NOT NULL",
    "changed_by": "TEXT NOT NULL DEFAULT ''",
    "deleted_at": "TEXT",
}
"""Columns every register has. Headline and search_text are an index that the store keeps."""

_DEFAULTS = {"TEXT": " NOT NULL DEFAULT ''", "FLAG": " NOT NULL DEFAULT 0"}


def create_register(db: Database, table: str, columns: str, *, index: str = "") -> None:
    """Create the STRICT table of a record kind with its stamps and indexes.

    *columns* is one line per column: ``name TYPE`` with TYPE one of TEXT, DATE, MOMENT, INTEGER,
    NUMBER, FLAG, IDS (a JSON list of ids), or ``name -> other_table`` for a reference. *index* lists
    further indexed columns. References and the headline are always indexed; the headline's index carries
    the search text, so that a search reads the index alone.
    """
    lines = ["id TEXT PRIMARY KEY"]
    indexed = index.split()
    for line in columns.strip().splitlines():
        words = line.split()
        lines.append(_column(words))
        if words[1] == "->":
            indexed.append(words[0])
    lines += [f"{name} {declared}" for name, declared in STAMPS.items()]
    db.execute(f"CREATE TABLE {table} ({', '.join(lines)}) STRICT")
    for name, columns in {
        "headline": "headline, search_text",
        **{name: name for name in indexed},
    }.items():
        db.execute(f"CREATE INDEX {table}_{name} ON {table} ({columns}) WHERE deleted_at IS NULL")


def add_column(db: Database, table: str, column: str) -> None:
    """Add one column, described as in :func:`create_register`, to an existing register."""
    db.execute(f"ALTER TABLE {table} ADD COLUMN {_column(column.split())}")


def _column(words: list[str]) -> str:
    name, word = words[0], words[1]
    if word == "->":
        return f"{name} TEXT REFERENCES {words[2]} (id)"
    if word == "IDS":
        return f"{name} TEXT NOT NULL DEFAULT '[]'"
    stored = {"NUMBER": "REAL", "INTEGER": "INTEGER", "FLAG": "INTEGER"}.get(word, "TEXT")
    return f"{name} {stored}{_DEFAULTS.get(word, '')}"
