"""Proposals leave the program as plain JSON."""

import json

from models.documents.extract import extract, to_json
from tests.models.documents import texts


def test_json_holds_bodies_duties_and_the_head() -> None:
    data = json.loads(json.dumps(to_json(extract(texts.OFFICES))))
    assert data["number"] == "澜法治〔2019〕4号"
    assert (data["issued_by"], data["issued_on"]) == ("澜溪县依法治县领导小组办公室", "2019-07-15")
    assert data["organisations"][1] == {
        "name": "澜溪县公正司法协调指导办公室",
        "seat": "县法院",
        "lead_unit": None,
        "member_units": ["县法院", "县检察院", "县公安局"],
        "people": [
            {"name": "", "role": "办公室主任", "post": "县法院分管负责人"},
            {"name": "", "role": "成员", "post": "各成员单位分管负责人"},
        ],
    }
    assert data["duties"][2] == {
        "who": "各协调指导办公室",
        "what": "报送年度工作计划和工作总结",
        "frequency_text": "11月15日前",
        "times": 1,
        "per": "year",
        "deadline": "11-15",
        "threshold": None,
    }


def test_json_holds_tasks_and_check_items() -> None:
    data = to_json(extract("1.是否建立制度，是否执行。\n2.案卷评查。责任单位：县司法局。"))
    assert data["check_items"] == ["是否建立制度，是否执行"]
    assert data["tasks"] == [
        {
            "no": "2",
            "title": "案卷评查",
            "lead": [],
            "responsible": ["县司法局"],
            "deadline": None,
            "section": "",
        }
    ]
