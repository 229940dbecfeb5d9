"""Ready-made standing rules: sets of clauses an office takes over and then edits as its own.

A set is one JSON file in ``resources/presets/clauses``. A clause marked ``local`` differs from place to place
(or is not checked against an official text): it comes suspended, and its note says so (conventions 2.4).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import resources
from models.errors import ClerkError
from models.records.base import Look
from models.records.rules import Clause
from models.rules.clause_words import filters_of, words_of
from models.settings import load_settings
from models.store.ledger import Ledger

FOLDER = "presets/clauses"
LOCAL_NOTE = "各地规定不一，默认停用；与本地文件核对后再启用。"


@dataclass(frozen=True, slots=True)
class ClauseSet:
    """One set of clauses; *id* names the file. The clauses are as they would be written from a day on."""

    id: str
    title: str
    note: str
    clauses: tuple[Clause, ...]


def clause_sets(on: date) -> tuple[ClauseSet, ...]:
    """Return the sets the program ships, their clauses in force from *on*."""
    return tuple(_read(name, on) for name in resources.names(FOLDER, ".json"))


def known_rule(look: Look, clause: Clause) -> Clause | None:
    """Return the stored clause that asks the same of the same owners, or None."""
    asked = _asks(clause)
    return next((known for known in look.find(Clause) if _asks(known) == asked), None)


def apply_clauses(
    ledger: Ledger, set_id: str, on: date, only: Collection[str] | None = None
) -> list[Clause]:  # fmt: skip
    """Write the clauses of a set from day *on* as one deed, or those named in *only*; return what was written.

    What is asked for already is left out. Raises ClerkError for an unknown set, or when nothing is left.
    """
    chosen = next((found for found in clause_sets(on) if found.id == set_id), None)
    if chosen is None:
        raise ClerkError(f"没有名为“{set_id}”的制度条款，请从列表里选择。")
    main = load_settings(ledger).main_body
    wanted = [_placed(clause, main) for clause in chosen.clauses if only is None or clause.name in only]
    fresh = [clause for clause in wanted if known_rule(ledger, clause) is None]
    if not fresh:
        raise ClerkError("选中的条款都已经登记过了。" if wanted else "请先勾选要套用的条款。")
    last = max((clause.position or 0 for clause in ledger.find(Clause)), default=0)
    with ledger.action(f"套用制度条款「{chosen.title}」{len(fresh)} 条") as action:
        return [
            action.add(dataclasses.replace(clause, position=last + place))
            for place, clause in enumerate(fresh, 1)
        ]


def _read(name: str, on: date) -> ClauseSet:
    shape = json.loads(resources.text(name))
    clauses = tuple(_clause(entry, shape["basis"], on) for entry in shape["clauses"])
    return ClauseSet(PurePosixPath(name).stem, shape["title"], shape["note"], clauses)


def _clause(entry: dict[str, Any], basis: str, on: date) -> Clause:
    fields = {name: value for name, value in entry.items() if name not in ("local", "why")}
    local = entry.get("local", False)
    note = "".join(filter(None, (entry.get("why", ""), LOCAL_NOTE if local else "")))
    return Clause(**fields, basis=basis, valid_from=on, suspended=local, note=note)


def _placed(clause: Clause, main_body: str) -> Clause:
    """Give papers that the office owes its own body, so that nobody else's answer for it."""
    own = clause.owed_by == "本机构" and clause.answered_by == "报送"
    return dataclasses.replace(clause, body=main_body) if own else clause


def _asks(clause: Clause) -> tuple[object, ...]:
    """Return what tells two rules apart: who, what, how much, how often, by when."""
    return (
        clause.owed_by, frozenset(words_of(clause.unit_category)), frozenset(words_of(clause.staff_kinds)),
        clause.answered_by, filters_of(clause), clause.measure, clause.times or 1, clause.threshold or 0, clause.per,
        clause.deadline, clause.about_before, clause.within_days,
    )  # fmt: skip
