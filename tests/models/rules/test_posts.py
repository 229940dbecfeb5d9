"""Which post a title tells; what it leaves open stays empty."""

from __future__ import annotations

import pytest

from models.rules.posts import post_told_by


@pytest.mark.parametrize(
    ("title", "unit", "post"),
    [
        ("局长", "县司法局", "主要负责人"),
        ("党组书记、局长", "县司法局", "主要负责人"),
        ("县司法局局长", "县司法局", "主要负责人"),
        ("县委常委、政法委书记", "县委政法委", "主要负责人"),
        ("县委常委、政法委书记", "中共澜溪县委", "班子成员"),
        ("镇党委书记", "枫林镇", "主要负责人"),
        ("副镇长", "枫林镇", "班子成员"),
        ("党组成员、副局长", "县司法局", "班子成员"),
        ("办公室主任", "县政府办公室", "主要负责人"),
        ("办公室主任", "县司法局", "内设机构负责人"),
        ("法治股股长", "县司法局", "内设机构负责人"),
        ("法治股副股长", "县司法局", ""),
        ("一级主任科员", "县司法局", "工作人员"),
        ("联络员", "县司法局", "联络员"),
        ("四级调研员", "县司法局", ""),
        ("", "县司法局", ""),
    ],
)
def test_a_title_tells_the_post_or_leaves_it_open(title: str, unit: str, post: str) -> None:
    assert post_told_by(title, unit) == post
