"""Clauses, records and questions for the tests of duties."""

from __future__ import annotations

from datetime import date

from models.records.rules import Clause
from models.rules.duties import (
    Counting,
    Evidence,
    Obligation,
    Owner,
    obligations_of,
)
from models.rules.periods import span_of

OFFICE = Owner("body", "office", "县委依法治县办")
ANYWHEN = Owner("office", "", "本办公室")


def clause(**fields: object) -> Clause:
    given = {"id": "c1", "name": "联席会议", "meeting_category": "联席会议", "answered_by": "会议"} | fields
    return Clause(**given)  # type: ignore[arg-type]


def paper_clause(item: str, deadline: str = "", **fields: object) -> Clause:
    return clause(name=item, answered_by="报送", submission_item=item, deadline=deadline, **fields)


def held(on: date, *, body: str = "office", regular: bool = True, unit: str = "") -> Evidence:
    words = {("meeting_category", "联席会议"), *([("regular_only", "是")] if regular else [])}
    return Evidence("meeting", f"m{on}", "联席会议", on, frozenset(words), body, (unit,))


def came(
    item: str, on: date, year: int, half: str = "全年", *, body: str = "office", unit: str = ""
) -> Evidence:
    words = frozenset({("submission_item", item)})
    return Evidence("submission", f"s{on}", item, on, words, body, (unit,), span=span_of(year, half))


def ask(
    rule: Clause, evidence: list[Evidence], year: int, as_of: date, *owners: Owner, **how: bool
) -> list[Obligation]:
    counting = Counting(as_of, {}, irregular_counts=how.get("irregular_counts", False))
    return list(obligations_of(rule, owners or (OFFICE,), evidence, year, counting))


def studied(on: date, hours: float = 0, days: float = 0, person: str = "p") -> Evidence:
    return Evidence("study_session", f"t{on}", "学法", on, person=person, hours=hours, days=days)


def study_clause(measure: str, threshold: float, **fields: object) -> Clause:
    return clause(owed_by="每名人员", answered_by="学法", measure=measure, threshold=threshold, **fields)


def training(*days: date) -> list[Evidence]:
    return [studied(day) for day in days]
