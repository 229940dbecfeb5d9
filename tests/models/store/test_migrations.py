"""What a migration does to what was there before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.store.database import Migrations, migrate, open_writer
from models.store.migrations import migrations
from tests.fixtures import KEY


def until(name: str) -> Migrations:
    """Return the migrations before *name*."""
    earlier = Migrations("earlier")
    steps = [step.name for step in migrations._migrations]
    earlier.name, earlier._migrations = migrations.name, migrations._migrations[: steps.index(name)]
    return earlier


@pytest.mark.parametrize(
    ("answer", "per", "item", "deadline", "about_before"),
    [
        ("报送", "年", "法治建设年度报告", "03-01", 1),
        ("报送", "年", "年度工作总结", "1-15", 1),
        ("报送", "年", "年度工作总结", "11-15", 0),
        ("报送", "年", "年度工作计划", "03-01", 0),
        ("报送", "年", "法治建设年度报告", "", 0),
        ("报送", "半年", "年度工作总结", "01-15", 0),
        ("会议", "年", "", "03-01", 0),
    ],
)
def test_old_clauses_keep_their_meaning(
    tmp_path: Path, answer: str, per: str, item: str, deadline: str, about_before: int
) -> None:
    """A report due early in the year was about the year before; that is told by the clause now."""
    db = open_writer(tmp_path / "ledger.db", KEY)
    migrate(db, until("m013_clauses"), before=lambda: None)
    with db.conn:
        db.execute(
            "INSERT INTO clause (id, name, answered_by, per, submission_item, deadline, entered_at, changed_at) "
            "VALUES ('c', '条款', ?, ?, ?, ?, '2026-01-01', '2026-01-01')",
            (answer, per, item, deadline),
        )
    migrate(db, migrations, before=lambda: None)
    kept = db.execute("SELECT about_before, measure, suspended FROM clause").fetchone()
    assert tuple(kept) == (about_before, "次数", 0)
    db.close()
