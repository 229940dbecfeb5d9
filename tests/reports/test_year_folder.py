"""The year in one folder: what is in it and what the clerk is told is not."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from pathlib import Path

import pytest

from models import clock
from models.errors import ClerkError
from models.settings import OfficeSettings, save_settings
from models.store.ledger import Ledger
from reports.year_folder import export_year
from tests.fixtures import SmallOffice


def test_a_meeting_nobody_marked_as_held_is_told_of(
    ledger: Ledger, office: SmallOffice, tmp_path: Path
) -> None:
    save_settings(ledger, OfficeSettings(office_name="澜溪县依法治县办", area_name="澜溪县"))
    with clock.held_at(datetime(2026, 11, 21, 9, 0)):
        made = export_year(ledger, 2026, tmp_path / "先")
        assert made.left_out == ("第三季度联席会议",)
        assert "没有标为已召开" in made.remark()
        with ledger.action("召开") as action:
            action.change(dataclasses.replace(office.meeting, state="召开"))
        made = export_year(ledger, 2026, tmp_path / "后")
    assert (made.left_out, made.remark()) == ((), "")
    assert (tmp_path / "后" / "文书" / f"{date(2026, 10, 13)} 第三季度联席会议" / "签到表.pdf").exists()


def test_every_paper_that_cannot_be_made_is_named_at_once(
    ledger: Ledger, office: SmallOffice, tmp_path: Path
) -> None:
    with ledger.action("召开") as action:
        action.change(dataclasses.replace(office.meeting, state="召开", minutes_text="会议由××主持。"))
        action.add(
            dataclasses.replace(
                office.meeting, id="", name="另一次会议", state="召开", minutes_text="会议在**召开。"
            )
        )
    with clock.held_at(datetime(2026, 11, 21, 9, 0)), pytest.raises(ClerkError) as told:
        export_year(ledger, 2026, tmp_path / "年度")
    *papers, ending = str(told.value).splitlines()
    assert [paper.partition("的“")[0] for paper in papers] == [
        "2026-10-13 第三季度联席会议",
        "2026-10-13 另一次会议",
    ]
    assert ending == "共 2 份文书不能生成，改好后再导出。"
    assert not (tmp_path / "年度").exists()
