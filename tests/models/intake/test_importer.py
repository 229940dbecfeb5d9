"""Rows of a sheet into the ledger: all of them, or none with every error by row and column."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models.errors import ClerkError
from models.intake.cells import masked_phone
from models.intake.columns import remembered_mapping
from models.intake.importer import CheckedImport, Existing, check_import, preview_import, write_import
from models.intake.workbook_reader import Cell, CellError, SheetRows
from models.records.base import kind_of
from models.records.meeting import Meeting
from models.records.organisation import Appointment, Body, Person, Unit
from models.records.rules import Clause
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice


def table(*rows: tuple[Cell, ...]) -> SheetRows:
    return SheetRows("表", rows)


def check(ledger: Ledger, kind: str, rows: SheetRows, existing: Existing = "update") -> CheckedImport:
    return check_import(
        ledger, kind_of(kind), rows, preview_import(ledger, kind_of(kind), rows), existing=existing
    )


def bring_in(ledger: Ledger, kind: str, *rows: tuple[Cell, ...]) -> CheckedImport:
    checked = check(ledger, kind, table(*rows))
    assert not checked.errors, [str(problem) for problem in checked.errors]
    return write_import(ledger, checked)


def errors(ledger: Ledger, kind: str, *rows: tuple[Cell, ...]) -> list[str]:
    return [str(problem) for problem in check(ledger, kind, table(*rows)).errors]


def counts(done: CheckedImport) -> tuple[int, int, int]:
    return done.added, done.changed, done.unchanged


def test_rows_become_records_in_one_action_with_one_undo(ledger: Ledger) -> None:
    done = bring_in(
        ledger, "unit",
        ("单位名称*", "单位类别", "建制顺序", "设立日期"),
        ("县司法局", "政府", 1, datetime(1980, 5, 1)),
        ("县教育局", " 政府", "２", "1984年9月1日"),
    )  # fmt: skip
    assert counts(done) == (2, 0, 0)
    assert [(u.name, u.category, u.position, u.valid_from) for u in ledger.find(Unit)] == [
        ("县司法局", "政府", 1, date(1980, 5, 1)),
        ("县教育局", "政府", 2, date(1984, 9, 1)),
    ]
    assert ledger.history()[0].sentence == "导入单位 2 家"
    ledger.undo()
    assert not ledger.find(Unit)


def test_a_check_writes_nothing(ledger: Ledger) -> None:
    checked = check(ledger, "unit", table(("单位名称",), ("县司法局",)))
    assert checked.added == 1
    assert not ledger.find(Unit) and not ledger.history()


def test_an_import_tells_how_far_it_is_and_can_be_stopped(ledger: Ledger) -> None:
    checked = check(ledger, "unit", table(("单位名称",), ("县司法局",), ("县教育局",), ("县民政局",)))
    shares: list[float] = []

    def stop_at_the_third(share: float) -> None:
        shares.append(share)
        if len(shares) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_import(ledger, checked, stop_at_the_third)
    assert shares == [0.5, 0.75, 1.0]
    assert not ledger.find(Unit) and not ledger.history()


def test_every_error_is_told_by_row_and_column_and_nothing_is_written(ledger: Ledger) -> None:
    said = errors(
        ledger, "unit",
        ("单位名称", "单位类别", "建制顺序", "设立日期", "撤并日期"),
        ("县司法局", "政府", "第一", None, None),
        (None, "政府", 2, None, None),
        ("县教育局", "衙门", 3, "2026-02-30", None),
        ("县财政局", None, None, "2026-05-01", "2025-05-01"),
        ("县 司法局", None, None, CellError("#REF!"), None),
        ("县民政局", None, 4, None, None),
        ("县民政局", None, 5, None, None),
    )  # fmt: skip
    assert said == [
        "第 2 行“建制顺序”：“第一”不是整数",
        "第 3 行“单位名称”：单位名称没有填",
        "第 4 行“单位类别”：“衙门”不在可选项里，可选："
        + "、".join(kind_of("unit").field("category").choices),
        "第 4 行“设立日期”：2026年2月没有 30 日",
        "第 5 行“撤并日期”：撤并日期早于设立日期",
        "第 6 行“设立日期”：单元格显示错误 #REF!，请改正后再导入",
        "第 8 行：与第 7 行重复",
    ]
    assert not ledger.find(Unit)


def test_a_refused_import_cannot_be_written_all_the_same(ledger: Ledger) -> None:
    checked = check(ledger, "unit", table(("单位名称", "建制顺序"), ("县司法局", 1), ("县教育局", "x")))
    with pytest.raises(ClerkError, match="一行也没有写入"):
        write_import(ledger, checked)
    assert not ledger.find(Unit)


def test_records_on_file_are_updated_and_empty_cells_change_nothing(ledger: Ledger) -> None:
    with ledger.action("登记") as action:
        action.add(Unit(name="县司法局", category="政府", position=7, note="旧"))
    done = bring_in(
        ledger, "unit", ("单位名称", "单位类别", "建制顺序"), ("县司法局", None, 1), ("县教育局", None, 2)
    )
    assert counts(done) == (1, 1, 0)
    assert [(u.name, u.category, u.position, u.note) for u in ledger.find(Unit)] == [
        ("县司法局", "政府", 1, "旧"),
        ("县教育局", "", 2, ""),
    ]


def test_records_on_file_are_left_alone_when_so_chosen(ledger: Ledger) -> None:
    with ledger.action("登记") as action:
        action.add(Unit(name="县司法局", position=7))
    checked = check(ledger, "unit", table(("单位名称", "建制顺序"), ("县司法局", 1), ("县教育局", 2)), "skip")
    assert counts(write_import(ledger, checked)) == (1, 0, 1)
    assert [unit.position for unit in ledger.find(Unit)] == [2, 7]


def test_names_are_resolved_to_records(ledger: Ledger, office: SmallOffice) -> None:
    done = bring_in(
        ledger, "appointment",
        ("姓名*", "单位*", "职务*", "岗位*", "任职起"),
        ("罗 屿", "县司法局", "政治部主任", "班子成员", "2026.3.1"),
    )  # fmt: skip
    assert counts(done) == (1, 0, 0)
    post = ledger.find(Appointment, "title = '政治部主任'")[0]
    assert (post.person, post.unit, post.valid_from) == (
        office.teacher.id,
        office.justice.id,
        date(2026, 3, 1),
    )


def test_a_name_that_is_unknown_or_shared_is_an_error(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        action.add(Person(name="罗屿", phone="13800000001"))
    said = errors(
        ledger, "appointment", ("姓名", "单位", "职务", "岗位"),
        ("罗屿", "县司法局", "主任", "班子成员"), ("尹素", "县公安局", "主任", "班子成员"),
    )  # fmt: skip
    assert said[0].startswith("第 2 行“姓名”：有 2 个人员叫“罗屿”，请写明是哪一个：罗屿〔")
    assert said[1] == "第 3 行“单位”：没有名为“县公安局”的单位，请先登记，或改成已有的名称"
    exact = errors(
        ledger,
        "appointment",
        ("姓名", "单位", "职务", "岗位"),
        ("罗屿（13800000001）", "县司法局", "主任", "班子成员"),
    )
    assert not exact


def test_several_names_in_a_cell_keep_their_order(ledger: Ledger, office: SmallOffice) -> None:
    bring_in(
        ledger, "resolution", ("会议", "议定事项", "牵头单位", "办理时限"),
        ("第三季度联席会议", "修改方案", "县教育局、县司法局", "2026-12-01"),
    )  # fmt: skip
    made = ledger.find(kind_of("resolution").record)[0]
    assert made.values()["lead_units"] == (office.education.id, office.justice.id)


def test_rows_may_refer_to_rows_further_down(ledger: Ledger) -> None:
    bring_in(
        ledger, "body", ("机构名称", "机构类别", "上级机构"),
        ("县依法治县办公室", "办公室", "县依法治县委员会"), ("县依法治县委员会", "委员会", None),
    )  # fmt: skip
    office, committee = (
        ledger.find(Body, "name = '县依法治县办公室'")[0],
        ledger.find(Body, "category = '委员会'")[0],
    )
    assert office.parent == committee.id
    assert ledger.undo() == "导入机构 2 个"
    assert not ledger.find(Body)


def test_rows_that_make_a_ring_are_refused(ledger: Ledger) -> None:
    rows = (("机构名称", "机构类别", "上级机构"), ("甲组", "工作组", "乙组"), ("乙组", "工作组", "甲组"))
    assert errors(ledger, "body", *rows) == ["第 3 行“上级机构”：上级机构绕成了圈：最后又回到自己，请改选"]


def test_what_rules_say_of_a_record_holds_for_a_row(ledger: Ledger) -> None:
    said = errors(
        ledger,
        "clause",
        ("条款要求", "谁来办", "用什么办", "周期", "期限"),
        ("开会", "本机构", "会议", "年", "13-40"),
    )
    assert said == [
        "第 2 行“会议类型”：用会议完成的条款要填会议类型或议程内容",
        "第 2 行“期限”：期限应为 月-日，如 11-15",
    ]
    assert not ledger.find(Clause)


def test_locked_minutes_refuse_a_row(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("印发") as action:
        action.change(dataclasses.replace(office.meeting, issued_on=date(2026, 10, 20)))
    said = errors(
        ledger,
        "meeting",
        ("会议名称", "开始时间", "地点"),
        ("第三季度联席会议", "2026-10-13 09:30", "三楼会议室"),
    )
    assert said == ["第 2 行：会议纪要已印发，只能用“更正”修改，并写明理由。"]
    assert ledger.find(Meeting)[0].place == ""


def test_people_of_one_name_are_told_apart_by_telephone(ledger: Ledger) -> None:
    with ledger.action("登记") as action:
        action.add(Person(name="尹素", phone="13800000001"))
        action.add(Person(name="尹素", phone="13800000002"))
        action.add(Person(name="高书瑶"))
    done = bring_in(
        ledger, "person", ("姓名", "手机号码", "备注"),
        ("尹素", 13800000002, "第二位"), ("高书瑶", "13900000000", None), ("罗屿", "13700000000", None),
    )  # fmt: skip
    assert counts(done) == (1, 2, 0)
    assert {(p.name, p.phone, p.note) for p in ledger.find(Person)} == {
        ("尹素", "13800000001", ""), ("尹素", "13800000002", "第二位"),
        ("高书瑶", "13900000000", ""), ("罗屿", "13700000000", ""),
    }  # fmt: skip
    assert errors(ledger, "person", ("姓名", "备注"), ("尹素", "哪一位"))[0].startswith(
        "第 2 行：台账里有 2 条人员"
    )


def test_masked_telephones_come_back_unchanged_and_are_never_stored(ledger: Ledger) -> None:
    with ledger.action("登记") as action:
        known = action.add(Person(name="尹素", phone="13800008000"))
    done = bring_in(ledger, "person", ("姓名", "手机", "编号"), ("尹素", "138****8000", known.id))
    assert counts(done) == (0, 0, 1)
    said = errors(
        ledger,
        "person",
        ("姓名", "手机", "编号"),
        ("尹素", "138****9999", known.id),
        ("罗屿", "137****0000", None),
    )
    assert said == [
        "第 2 行“手机”：号码中间是隐去的，请填写完整的号码",
        "第 3 行“手机”：号码中间是隐去的，请填写完整的号码",
    ]


def test_the_id_says_which_record_is_meant(ledger: Ledger, office: SmallOffice) -> None:
    bring_in(ledger, "unit", ("编号", "单位名称"), (office.justice.id, "县司法行政局"))
    assert {unit.name for unit in ledger.find(Unit)} == {"县司法行政局", "县教育局"}


def test_warnings_do_not_stop_an_import(ledger: Ledger, office: SmallOffice) -> None:
    checked = check(ledger, "person", table(("姓名", "手机"), ("罗屿", "13800000009")))
    assert not checked.errors
    write_import(ledger, checked)
    second = check(ledger, "person", table(("姓名", "手机"), ("罗屿", "13800000010")))
    assert [str(problem) for problem in second.warnings] == [
        "第 2 行“姓名”：已有同名人员 1 位，请看清是不是同一人"
    ]


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (("单位名称*", "简 称", "建制顺序（可空）"), {0: "name", 1: "short_name", 2: "position"}),
        (("单位全称", "类别", "名称"), {0: "name", 1: "category"}),
        (("序号", "单位", "联系人"), {1: "name"}),
    ],
)
def test_columns_are_understood_by_label_or_synonym(
    ledger: Ledger, header: tuple[str, ...], fields: dict[int, str]
) -> None:
    assert preview_import(ledger, kind_of("unit"), table(header, ("1", "2", "3"))).mapping == fields


def test_a_title_above_the_header_is_passed_over(ledger: Ledger) -> None:
    preview = preview_import(
        ledger, kind_of("unit"), table(("澜溪县单位名册",), (), ("单位名称", "简称"), ("甲局", "甲"))
    )
    assert (preview.header_row, preview.rows) == (3, 1)


def test_the_clerks_mapping_is_remembered(ledger: Ledger) -> None:
    unit = kind_of("unit")
    rows = table(("部门", "名次"), ("县司法局", 1))
    preview = preview_import(ledger, unit, rows)
    assert (preview.mapping, preview.ignored) == ({}, ("部门", "名次"))
    with pytest.raises(ClerkError, match="找不到单位的列"):
        check_import(ledger, unit, rows, preview)
    chosen = dataclasses.replace(preview, mapping={0: "name", 1: "position"})
    write_import(ledger, check_import(ledger, unit, rows, chosen))
    assert remembered_mapping(ledger, unit) == {"部门": "name", "名次": "position"}
    assert preview_import(ledger, unit, table(("部门", "名次"), ("县教育局", 2))).mapping == {
        0: "name",
        1: "position",
    }


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800008000", "138****8000"),
        ("0512-65200000", "051****0000"),
        ("65200000", "652****0000"),
        ("12345", "12345"),
    ],
)
def test_a_masked_telephone_keeps_its_ends(phone: str, masked: str) -> None:
    assert masked_phone(phone) == masked
