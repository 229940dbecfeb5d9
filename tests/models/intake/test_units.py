"""Which unit a name means."""

from __future__ import annotations

from datetime import date

import pytest

from models.intake.units import UnitIndex, area_in, category_of, level_of, without_area
from models.records.organisation import Unit
from models.store.ledger import Ledger

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("name", "area", "core"),
    [
        ("澜溪县司法局", "澜溪县", "司法局"),
        ("县司法局", "澜溪县", "司法局"),
        ("澜溪司法局", "澜溪县", "司法局"),
        ("司法局", "澜溪县", "司法局"),
        ("中共澜溪县委宣传部", "澜溪县", "委宣传部"),
        ("市司法局", "澜溪县", "市司法局"),
        ("市场监督管理局", "河州市", "市场监督管理局"),
        ("河州市市场监督管理局", "河州市", "市场监督管理局"),
        ("市市场监督管理局", "河州市", "市场监督管理局"),
        ("市政府办公室", "河州市", "政府办公室"),
        ("县 教育局", "澜溪县", "教育局"),
        ("县司法局", "", "县司法局"),
    ],
)
def test_a_unit_is_compared_without_its_own_area(name: str, area: str, core: str) -> None:
    assert without_area(name, area) == core


@pytest.mark.parametrize(
    ("name", "category", "level"),
    [
        ("县委宣传部", "党委", "县区"),
        ("县委编办", "党委", "县区"),
        ("县人大内司委", "人大", "县区"),
        ("县政协社会法制委", "政协", "县区"),
        ("县人民法院", "法检", "县区"),
        ("县总工会", "群团", "县区"),
        ("县融媒体中心", "媒体", "县区"),
        ("县财政局", "政府", "县区"),
        ("市公安局", "政府", "市"),
        ("澜溪县公安局", "政府", "县区"),
        ("白鹭镇人民政府", "镇街", "镇街"),
        ("县城投集团", "企业", "县区"),
        ("县纪委监委", "纪委监委", "县区"),
        ("县委党校", "学校", "县区"),
    ],
)
def test_a_name_tells_category_and_level(name: str, category: str, level: str) -> None:
    assert (category_of(name), level_of(name, "澜溪县")) == (category, level)


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("澜溪县依法治县领导小组办公室", "澜溪县"),
        ("河州市依法行政协调指导办公室", "河州市"),
        ("中共澜溪县委全面依法治县委员会", "澜溪县"),
        ("县委全面依法治县委员会", ""),
        ("领导小组", ""),
    ],
)
def test_a_full_name_begins_with_its_area(name: str, area: str) -> None:
    assert area_in(name) == area


def found(index: UnitIndex, name: str) -> str:
    unit = index.find(name)
    return unit.name if unit else ""


def test_a_unit_is_found_by_full_short_and_other_forms_of_its_name(ledger: Ledger) -> None:
    with ledger.action("登记单位") as action:
        action.add(Unit(name="澜溪县司法局", short_name="司法局"))
        action.add(Unit(name="澜溪县市场监督管理局", short_name="市监局"))
    index = UnitIndex(ledger, "澜溪县", TODAY)
    for name in ("澜溪县司法局", "县司法局", "司法局", "县　司法局"):
        assert found(index, name) == "澜溪县司法局"
    assert found(index, "市监局") == "澜溪县市场监督管理局"
    assert found(index, "市司法局") == found(index, "县教育局") == ""


def test_a_merged_unit_means_its_successor_from_then_on(ledger: Ledger) -> None:
    with ledger.action("登记单位") as action:
        new = action.add(Unit(name="县司法局"))
        action.add(Unit(name="县政府法制办", valid_until=date(2019, 3, 1), successor=new.id))
    assert found(UnitIndex(ledger, "澜溪县", TODAY), "县政府法制办") == "县司法局"
    assert found(UnitIndex(ledger, "澜溪县", date(2018, 1, 1)), "县政府法制办") == "县政府法制办"
