"""Cases as evidence, and what they ask for: a signature, first progress, a plan, feedback (S0-33 … S0-35, S2-5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.records.rules import Submission
from models.records.supervision import CLOSED_STATES, Case, CaseStep
from models.rules.duties import Evidence, Occasion
from models.summaries.answers.sources import Sources, bears


def cases(sources: Sources) -> Iterator[Evidence]:
    """Cases by the day they were opened; a closed one counts in the rate (S0-36), for its first lead unit."""
    for case in _with(sources, "opened_on"):
        assert case.opened_on is not None
        closed = (
            case.closed_on is not None and case.closed_on <= sources.as_of and case.state in CLOSED_STATES
        )
        if closed or sources.measures("比率"):
            yield Evidence(
                "case", case.id, case.matter, case.opened_on, bears(case_source=case.source), "",
                _lead(sources, case), share=(int(closed), 1),
            )  # fmt: skip


def signatures(sources: Sources) -> Iterator[Occasion]:
    for case in _with(sources, "assigned_on"):
        yield _occasion(sources, case, case.assigned_on, case.signed_on, "签收")


def feedbacks(sources: Sources) -> Iterator[Occasion]:
    for case in _with(sources, "closed_on"):
        yield _occasion(sources, case, case.closed_on, case.feedback_on, "反馈")


def first_progress(sources: Sources) -> Iterator[Occasion]:
    """Cases given out, and the day of the first word on them (S0-34)."""
    first: dict[str, date] = {}
    for step in sources.reader.find(CaseStep, "kind = '进展'", order="happened_on DESC"):
        if step.happened_on:
            first[step.matter] = step.happened_on
    for case in _with(sources, "assigned_on"):
        yield _occasion(sources, case, case.assigned_on, first.get(case.id), "进展")


def plans(sources: Sources) -> Iterator[Occasion]:
    """Cases that several units lead: the first of them owes the detailed plan (S2-5)."""
    papers = sources.reader.find(Submission, "matter IS NOT NULL", order="received_on DESC")
    plans = {paper.matter: paper for paper in papers if not paper.returned_on}
    for case in _with(sources, "assigned_on"):
        if len(case.lead_units) > 1:
            paper = plans.get(case.id)
            answer = None
            if paper and paper.received_on:
                answer = Evidence(
                    "submission", paper.id, paper.subject or f"{case.matter}实施方案", paper.received_on
                )
            yield _of_case(sources, case, case.assigned_on, answer)


def _occasion(sources: Sources, case: Case, since: date | None, answered: date | None, what: str) -> Occasion:
    answer = Evidence("case", case.id, f"{case.matter}（{what}）", answered) if answered else None
    return _of_case(sources, case, since, answer)


def _of_case(sources: Sources, case: Case, since: date | None, answer: Evidence | None) -> Occasion:
    assert since is not None
    words = bears(case_source=case.source)
    return Occasion(case.id, case.matter, since, answer, words, "", _lead(sources, case))


def _with(sources: Sources, event: str) -> list[Case]:
    """Return the cases whose *event* (a column) was in the days asked for."""
    return sources.reader.find(Case, f"{event} BETWEEN ? AND ?", sources.days, order=f"{event}, id")


def _lead(sources: Sources, case: Case) -> tuple[str, ...]:
    return sources.units(case.lead_units[0]) if case.lead_units else ()
