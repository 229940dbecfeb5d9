"""Rows of a sheet into the ledger: all of them, or none with every error by row and column."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models.errors import ClerkError
from models.intake.cells import masked_phone
from models.intake.columns import remembered_mapping
from models.intake.importer import check_import, preview_import, sheet_kind, write_import
from models.intake.outcome import CheckedImport, Existing, Tally
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
    return done.own.added, done.own.changed, done.own.unchanged


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
    assert checked.own.added == 1
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
        ("条款要求", "谁来办", "用什么办", "周期"),
        ("开会", "本机构", "会议", "一次"),
    )
    assert said == [
        "第 2 行“会议类型”：用会议完成的条款要填会议类型或议程内容",
        "第 2 行“生效日期”：只办一次的条款要填生效日期",
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
        ("65200000", "****0000"),
        ("6200138", "****0138"),
        ("12345", "12345"),
    ],
)
def test_a_masked_telephone_keeps_its_ends(phone: str, masked: str) -> None:
    assert masked_phone(phone) == masked


SHEET = (
    ("澜溪县干部花名册", None, None, None, None, None),
    (None, None, None, None, None, None),
    ("序号", "姓名", "性别", "单位", "职务", "联系电话"),
    (1, "孟昭", "男", "县司法局", "党组书记、局长", "13900000001"),
    (2, "尹素", "女", "县教育局", "副局长", "13900000002"),
    (3, "高书瑶", "女", "县司法局", "政治部主任", "13900000003"),
    ("合 计", "3人", None, None, None, None),
)


def posts(ledger: Ledger) -> set[tuple[str, str, str, str]]:
    return {
        (ledger.name_of("person", one.person), ledger.name_of("unit", one.unit), one.title, one.post)
        for one in ledger.find(Appointment)
    }


def bring_people(ledger: Ledger, *rows: tuple[Cell, ...]) -> CheckedImport:
    return bring_in(ledger, sheet_kind(kind_of("appointment"), table(*rows)).id, *rows)


@pytest.fixture
def two_units(ledger: Ledger) -> Ledger:
    with ledger.action("登记") as action:
        action.add(Unit(name="县司法局"))
        action.add(Unit(name="县教育局"))
    return ledger


@pytest.mark.parametrize("register", ["person", "appointment"])
def test_one_sheet_brings_persons_with_their_posts_and_one_undo_takes_all_back(
    two_units: Ledger, register: str
) -> None:
    kind = sheet_kind(kind_of(register), table(*SHEET))
    preview = preview_import(two_units, kind, table(*SHEET))
    assert (preview.ignored, preview.rows, preview.left_out()) == (("序号",), 3, "第 7 行是合计，不导入。")
    done = write_import(two_units, check_import(two_units, kind, table(*SHEET), preview))
    assert done.tallies == (Tally(Person.KIND, 3), Tally(Appointment.KIND, 3))
    assert {person.name for person in two_units.find(Person)} == {"孟昭", "尹素", "高书瑶"}
    assert posts(two_units) == {
        ("孟昭", "县司法局", "党组书记、局长", "主要负责人"),
        ("尹素", "县教育局", "副局长", "班子成员"),
        ("高书瑶", "县司法局", "政治部主任", ""),
    }
    assert two_units.undo() == "导入人员 3 人、任职 3 条"
    assert not two_units.find(Person) and not two_units.find(Appointment)


def test_the_same_sheet_a_second_time_changes_nothing(two_units: Ledger) -> None:
    bring_people(two_units, *SHEET)
    again = check(two_units, "person", table(*SHEET))
    assert again.tallies == (Tally(Person.KIND, 0, 0, 3), Tally(Appointment.KIND, 0, 0, 3))


def test_one_wrong_post_keeps_every_person_out(two_units: Ledger) -> None:
    rows = (
        *SHEET[:-1],
        (4, "罗屿", "男", "县公安局", "局长", None),
        (5, None, "男", "县水利局", "局长", None),
    )
    said = errors(two_units, "person", *rows)
    assert said == [
        "第 7 行“单位”：没有名为“县公安局”的单位，请先登记，或改成已有的名称",
        "第 8 行“姓名”：姓名没有填",
        "第 8 行“单位”：没有名为“县水利局”的单位，请先登记，或改成已有的名称",
    ]
    assert not two_units.find(Person) and not two_units.history()[1:]


def test_two_posts_of_one_person_stand_in_two_rows_with_the_telephone(two_units: Ledger) -> None:
    second = (4, "孟昭", None, "县教育局", "督学", "13900000001")
    done = bring_people(two_units, *SHEET[:-1], second)
    assert [tally.added for tally in done.tallies] == [3, 4]
    assert errors(two_units, "person", *SHEET[2:4], (2, "罗屿", None, "县司法局", "干部", None),
                  (3, "罗屿", None, "县教育局", "干部", None)) == [
        "第 4 行：与第 3 行重复；一人有两个职务的，两行都写上手机号"
    ]  # fmt: skip


def test_a_further_post_of_somebody_on_record_is_told(two_units: Ledger) -> None:
    bring_people(two_units, *SHEET)
    heads, moved = SHEET[2], (1, "尹素", None, "县教育局", "局长", None)
    checked = check(two_units, "person", table(heads, moved))
    assert [str(problem) for problem in checked.warnings] == [
        "第 2 行：台账里已有尹素（县教育局副局长），原来的任职照旧；不再有效的请填止期，同名不是一个人的请写上手机号"
    ]


def test_of_two_people_of_one_name_the_unit_tells_which(two_units: Ledger) -> None:
    bring_people(two_units, SHEET[2], (1, "罗屿", None, "县司法局", "科员", "13900000008"),
                 (2, "罗屿", None, "县教育局", "科员", "13900000009"))  # fmt: skip
    done = bring_people(
        two_units, ("姓名", "单位", "职务", "岗位"), ("罗屿", "县教育局", "法规股股长", "法制员")
    )
    assert done.tallies == (Tally(Person.KIND, 0, 0, 1), Tally(Appointment.KIND, 1))
    made = two_units.find(Appointment, "title = '法规股股长'")[0]
    assert two_units.find(Person, "id = ?", (made.person,))[0].phone == "13900000009"


def test_posts_written_out_with_their_numbers_stay_posts(ledger: Ledger) -> None:
    assert sheet_kind(kind_of("appointment"), table(("姓名", "单位", "职务", "编号"))).id == "appointment"
    assert sheet_kind(kind_of("unit"), table(("单位名称",))).id == "unit"


@pytest.mark.parametrize("first", ["合计", "总 计", "小计：3人", "共计", "14人", "共14人", "合计（14）"])
def test_a_row_that_only_counts_the_others_is_nobody(ledger: Ledger, first: str) -> None:
    rows = table(("姓名", "手机"), ("罗屿", None), (first, "14人"))
    checked = check(ledger, "person", rows)
    assert (checked.preview.totals, checked.own.added) == ((3,), 1)


@pytest.mark.parametrize("typed", ["乡镇", "乡镇街道", "乡镇（街道）", "乡镇(街道)", "镇街", "街道"])
def test_a_choice_is_taken_by_what_else_people_call_it(ledger: Ledger, typed: str) -> None:
    bring_in(ledger, "unit", ("单位名称", "单位类别"), ("枫林乡", typed))
    assert ledger.find(Unit)[0].category == "镇街"
