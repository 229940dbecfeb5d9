"""close-year: the turn of the year."""

from __future__ import annotations

import json
from collections.abc import Iterator

from models.deeds.year_turn import Turn, close_year, plan_turn
from models.office import Office
from models.records.year import ClosedYear
from reports.commands import Note


def close(office: Office, year: int, *, plan: bool, as_json: bool) -> Iterator[str]:
    """Close *year*, or with *plan* only tell what that means; as sentences, or as one JSON object."""
    turn = plan_turn(office.ledger, year)
    closed = None if plan else close_year(office.ledger, year)
    if as_json:
        yield json.dumps(_told(turn, closed), ensure_ascii=False, indent=1)
        return
    yield from turn.sentences()
    if closed:
        yield f"{year} 年度已结转，校验值 {closed.digest}。"
    else:
        yield Note("只是说明，没有结转。去掉 --plan 再运行一次就结转。")


def _told(turn: Turn, closed: ClosedYear | None) -> dict[str, object]:
    return {
        "year": turn.year, "closed": closed is not None, "serial": turn.serial,
        "digest": closed.digest if closed else "", "figures": {one.name: one.value for one in turn.figures},
        "open_cases": turn.open_cases, "open_resolutions": turn.open_resolutions,
        "next_number": turn.next_number, "written_parts": turn.written_parts,
    }  # fmt: skip
