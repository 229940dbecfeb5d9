"""What the office wrote in its reports on the years before, in the January after each; the report on this year is still to come."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

import resources
from models.demo.county import County
from models.records.year import REPORT_PARTS, YearText
from models.summaries.year_figures import year_figures
from models.summaries.year_text import sentences

Deed = tuple[datetime, Callable[[], None]]


def plan_texts(county: County) -> Iterator[Deed]:
    """Yield the deeds that write each report, the figures of the day taken into its first part."""
    written: list[list[str]] = json.loads(resources.text("presets/demo/year_texts.json"))
    years = range(county.first_year, county.today.year)
    for place, year in enumerate(years):
        yield datetime(year + 1, 1, 20, 16, 30), partial(_write, county, year, written[place % len(written)])


def _write(county: County, year: int, parts: list[str]) -> None:
    figures = year_figures(county.ledger, year, date(year + 1, 1, 20))
    said = [one.words for one in sentences(figures) if one.part == REPORT_PARTS[0]]
    with county.ledger.action(f"撰写{year}年度报告") as action:
        for part, text in zip(REPORT_PARTS, parts, strict=True):
            content = "\n".join([text, *said]) if part == REPORT_PARTS[0] else text
            action.add(YearText(year=year, part=part, content=content))
