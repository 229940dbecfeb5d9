"""Where a list of units is cut."""

import pytest

from models.documents.extract.units import is_unit, split_units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("县司法局、县公安局，各乡镇", ("县司法局", "县公安局", "各乡镇")),
        ("各区、县级市", ("各区", "县级市")),
        ("县法院和县检察院", ("县法院", "县检察院")),
        ("县教育局、团县委及各街道", ("县教育局", "团县委", "各街道")),
        ("县人力资源和社会保障局、县住房和城乡建设局", ("县人力资源和社会保障局", "县住房和城乡建设局")),
        ("县审批局、县委编办等有关部门", ("县审批局", "县委编办")),
        ("县供水公司等与群众密切相关的企事业单位", ("县供水公司",)),
        ("各镇（街道、园区），县司法局", ("各镇（街道、园区）", "县司法局")),
        ("县司法局、县司法局", ("县司法局",)),
        ("", ()),
    ],
)
def test_units_are_cut_as_written(text: str, units: tuple[str, ...]) -> None:
    assert split_units(text) == units


@pytest.mark.parametrize(
    "name", ["县司法局", "各乡镇", "县政府各部门", "县总工会", "城关街道办事处", "县级市", "县法院（执行局）"]
)
def test_units_look_like_units(name: str) -> None:
    assert is_unit(name)


@pytest.mark.parametrize(
    "name", ["副县长", "钟岳", "加强领导", "由县司法局负责", "组织协调工作", "办公室设在县水利局", "局"]
)
def test_other_words_do_not(name: str) -> None:
    assert not is_unit(name)
