"""What was handed in as evidence: papers by what they are about, news by the day they came."""

from __future__ import annotations

from collections.abc import Iterator

from models.records.filing import Dynamic
from models.records.rules import Submission
from models.rules.duties import Evidence
from models.rules.periods import span_of
from models.summaries.answers.sources import Sources, bears


def submissions(sources: Sources) -> Iterator[Evidence]:
    """Papers that came in and were not returned; they count for what they are about (S0-28 … S0-30)."""
    first, last = sources.since.year - 1, sources.as_of.isoformat()
    papers = sources.reader.find(
        Submission, "year >= ? AND received_on <= ?", (first, last), order="received_on, id"
    )
    names = {**sources.reader.names("body"), **sources.reader.names("unit")}
    for paper in papers:
        if paper.received_on and not (paper.returned_on and paper.returned_on <= sources.as_of):
            yield Evidence(
                "submission", paper.id, paper.headline(lambda _kind, record_id: names.get(record_id, "")),
                paper.received_on, bears(submission_item=paper.item, addressee=paper.addressee), paper.body,
                sources.units(paper.unit), span=span_of(paper.year or 0, paper.half),
            )  # fmt: skip


def dynamics(sources: Sources) -> Iterator[Evidence]:
    for item in sources.reader.find(
        Dynamic, "received_on BETWEEN ? AND ?", sources.days, order="received_on, id"
    ):
        assert item.received_on is not None
        yield Evidence(
            "dynamic", item.id, item.title, item.received_on, bears(dynamic_class=item.dynamic_class), item.body,
            sources.units(item.unit),
        )  # fmt: skip
