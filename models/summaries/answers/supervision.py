"""Cases as evidence, and what they ask for: a signature, first progress, a plan, feedback (S0-33 … S0-35, S2-5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.records.supervision import CLOSED_STATES
from models.rules.duties import Evidence, Occasion
from models.summaries.answers.sources import Sources, bears

_LEAD = "json_extract(c.lead_units, '$[0]')"
_CASES = f"""SELECT c.id, c.matter, c.source, {_LEAD}, c.opened_on, c.closed_on, c.state FROM supervised_case c
    WHERE c.deleted_at IS NULL AND c.opened_on BETWEEN ? AND ? ORDER BY c.opened_on, c.id"""
_EVENTS = f"""SELECT c.id, c.matter, c.source, {_LEAD}, c.{{event}}, {{answer}} FROM supervised_case c
    WHERE c.deleted_at IS NULL AND c.{{event}} BETWEEN ? AND ? {{where}} ORDER BY c.{{event}}, c.id"""
_FIRST_WORD = "(SELECT min(s.happened_on) FROM case_step s WHERE s.matter = c.id AND s.kind = '进展' AND s.deleted_at IS NULL)"
_PLANS = """SELECT matter, id, headline, received_on FROM submission
    WHERE deleted_at IS NULL AND matter IS NOT NULL AND coalesce(returned_on, '9999') > ? ORDER BY received_on DESC"""


def cases(sources: Sources) -> Iterator[Evidence]:
    """Cases by the day they were opened; a closed one counts in the rate (S0-36), for its first lead unit."""
    _, last = sources.days
    for case, matter, source, lead, opened, closed_on, state in sources.rows(_CASES, *sources.days):
        closed = closed_on is not None and closed_on <= last and state in CLOSED_STATES
        if closed or sources.measures("比率"):
            yield Evidence(
                "case", case, matter, date.fromisoformat(opened), bears(case_source=source), "", sources.units(lead),
                share=(int(closed), 1),
            )  # fmt: skip


def signatures(sources: Sources) -> Iterator[Occasion]:
    """Cases given out, and the day they were signed for (S0-33)."""
    yield from _occasions(sources, "assigned_on", "c.signed_on", "签收")


def feedbacks(sources: Sources) -> Iterator[Occasion]:
    """Cases that were closed, and the day of feedback (S0-35)."""
    yield from _occasions(sources, "closed_on", "c.feedback_on", "反馈")


def first_progress(sources: Sources) -> Iterator[Occasion]:
    """Cases given out, and the day of the first word on them (S0-34)."""
    yield from _occasions(sources, "assigned_on", _FIRST_WORD, "进展")


def plans(sources: Sources) -> Iterator[Occasion]:
    """Cases that several units lead: the first of them owes the detailed plan (S2-5)."""
    papers = {
        matter: Evidence("submission", paper, headline, date.fromisoformat(received))
        for matter, paper, headline, received in sources.rows(_PLANS, sources.days[1])
    }
    sql = _EVENTS.format(event="assigned_on", answer="NULL", where="AND json_array_length(c.lead_units) > 1")
    for case, matter, source, lead, assigned, _ in sources.rows(sql, *sources.days):
        if case not in papers or not sources.pending:
            yield _occasion(sources, case, matter, source, lead, assigned, papers.get(case))


def _occasions(sources: Sources, event: str, answer: str, what: str) -> Iterator[Occasion]:
    sql = _EVENTS.format(event=event, answer=answer, where=sources.waiting(answer))
    for case, matter, source, lead, since, answered in sources.rows(sql, *sources.days):
        proof = None
        if answered:
            proof = Evidence("case", case, f"{matter}（{what}）", date.fromisoformat(answered))
        yield _occasion(sources, case, matter, source, lead, since, proof)


def _occasion(
    sources: Sources, case: str, matter: str, source: str, lead: str, since: str, answer: Evidence | None
) -> Occasion:
    on = date.fromisoformat(since)
    return Occasion(
        case, matter, on, answer, bears(case_source=source), "", sources.places.in_charge(on, lead)
    )
