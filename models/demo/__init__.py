"""The sample county 澜溪县 (invented): what a clerk sees before entering anything, and what checks run on.

Everything is entered through the same door as by a clerk, with the clock held at the moment it would
have been entered, so that history, 补录 and lights look as in real life. The same seed makes the same county.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from models import clock
from models.demo.cases import plan_cases
from models.demo.county import AREA, County, reorganise, set_up
from models.demo.decisions import plan_decisions
from models.demo.filings import plan_filings
from models.demo.meetings import plan_meetings
from models.demo.study import plan_studies
from models.demo.texts import plan_texts
from models.settings import OfficeSettings, save_settings
from models.store.ledger import Ledger

Deed = tuple[datetime, Callable[[], None]]


def make_county(ledger: Ledger, *, years: int = 3, seed: int = 2026, today: date | None = None) -> None:
    """Fill an empty ledger with the county and *years* of its work up to *today*."""
    today = today or clock.today()
    county = County(ledger, seed, today, first_year=today.year - years + 1)
    beginning = min(date(county.first_year, 1, 4), today)
    with clock.held_at(datetime.combine(beginning, time(9))):
        set_up(county)
        save_settings(ledger, _settings(county))
    deeds = [
        *reorganise(county), *plan_meetings(county), *plan_filings(county), *plan_cases(county),
        *plan_studies(county), *plan_decisions(county), *plan_texts(county),
    ]  # fmt: skip
    for moment, deed in sorted(deeds, key=lambda item: item[0]):
        if moment.date() <= today:
            with clock.held_at(moment):
                deed()


def _settings(county: County) -> OfficeSettings:
    return OfficeSettings(
        office_name=f"中共{AREA}委全面依法治县委员会办公室",
        area_name=AREA,
        group_name=f"中共{AREA}委全面依法治县委员会",
        number_code="澜法治办发",
        minutes_mark=f"{AREA}依法治县工作会议纪要",
        main_body=county.bodies["office"],
        exam_shape="单选题8道6分、多选题4道7分、判断题6道4分",
    )
