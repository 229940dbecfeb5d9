"""What is shown from memory after any record changed is what is computed anew."""

from __future__ import annotations

from datetime import date

import pytest

from models.errors import ClerkError
from models.records.base import Kind, all_kinds
from models.store.ledger import Ledger
from models.summaries.obligations import obligations
from models.summaries.workbench import workbench

TODAY = date(2026, 11, 21)
KINDS = [kind for kind in all_kinds() if kind.id not in ("media", "attachment")]


def shown(ledger: Ledger) -> list[object]:
    """Everything the workbench says, lights as the lines behind them, and what people owe."""
    bench = workbench(ledger, TODAY)
    lights = [(line.line, lamp, line.records(lamp)) for line in bench.lights for lamp in line.matters]
    return [
        bench.todos, bench.rules, bench.meetings, bench.trends, lights,
        obligations(ledger, TODAY, TODAY.year, people=True),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_after_a_record_goes_and_comes_back(county: Ledger, kind: Kind) -> None:
    records = county.find(kind.record)
    before = shown(county)
    for record in (*records[:1], *records[-1:]):
        try:
            with county.action("删除", reason="试") as action:
                action.remove(record)
        except ClerkError:
            continue
        remembered = shown(county)
        county.forget()
        assert remembered == shown(county)
        with county.correcting("试"):
            county.undo()
        assert shown(county) == before
