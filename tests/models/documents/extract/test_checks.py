"""Points of a check list in the three ways they are printed."""

import pytest

from models.documents.extract import extract


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (
            "二、评查内容\n（一）处罚案卷\n1.主体是否适格，人员是否持证；\n2.证据是否充分。\n三、时间安排\n（一）自查阶段。各单位自查。",
            ["主体是否适格，人员是否持证", "证据是否充分"],
        ),
        (
            "督查的主要内容有：1.是否建立工作制度。2.全年是否召开会议（至少4次）。3.是否纳入考核。",
            ["是否建立工作制度", "全年是否召开会议（至少4次）", "是否纳入考核"],
        ),
        (
            "（三）明确审核内容。要严格审核主体是否合法；程序是否合法；文书是否完备、规范。审核后提出意见。",
            ["主体是否合法", "程序是否合法", "文书是否完备、规范"],
        ),
        (
            "二、督察内容\n1.规范性文件备案审查情况；\n2.行政负责人出庭应诉情况。\n三、督察方式\n1.查阅有关资料。",
            ["规范性文件备案审查情况", "行政负责人出庭应诉情况"],
        ),
        (
            "二、检查内容\n1、执法公示。是否及时公示，是否公示完整；\n2、执法人员。是否持证上岗；是否参加培训。",
            ["执法公示。是否及时公示，是否公示完整", "是否持证上岗", "是否参加培训"],
        ),
        ("一、监督重点\n1.乱收费、乱罚款情况。\n2.文书说理情况。", ["乱收费、乱罚款情况", "文书说理情况"]),
        ("一、监督事项\n（一）案卷评查。由县司法局组织实施，县法院参与。\n（二）受理举报。及时办结。", []),
        ("一、总则\n1.加强领导，不论是否完成都要报告进展。各单位落实。", []),
    ],
)
def test_points_are_found(text: str, points: list[str]) -> None:
    assert [item.text for item in extract(text).check_items] == points


def test_a_point_quotes_the_source() -> None:
    text = "二、检查内容\n1.制度是否健全,是否执行;\n2.台账是否齐全。"
    assert [item.span.of(text) for item in extract(text).check_items] == [
        "制度是否健全,是否执行",
        "台账是否齐全",
    ]
