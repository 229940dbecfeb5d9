"""How people are called by their posts."""

from __future__ import annotations

import pytest

from models.records.organisation import called


@pytest.mark.parametrize(
    ("unit", "title", "text"),
    [
        ("县司法局", "局长", "县司法局局长"), ("中共澜溪县委", "县委书记", "县委书记"), ("澜溪县人民政府", "县长", "县长"),
        ("县司法局", "县司法局局长", "县司法局局长"), ("县司法局", "", "县司法局"), ("中共澜溪县委政法委员会", "科员", "中共澜溪县委政法委员会科员"),
        ("县委政法委", "县委常委、政法委书记", "县委常委、政法委书记"), ("县政府办公室", "县政府办公室主任", "县政府办公室主任"),
        ("县司法局", "司法局局长", "县司法局局长"), ("县教育局", "教育股股长", "县教育局教育股股长"),
    ],
)  # fmt: skip
def test_somebody_is_called_by_unit_and_title_each_once(unit: str, title: str, text: str) -> None:
    assert called(unit, title) == text
