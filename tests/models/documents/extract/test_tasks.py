"""Tasks: who leads, who is responsible, until when; by label, bracket, phrase, table and minutes."""

import pytest

from models.documents.extract import extract
from tests.models.documents import texts

Read = list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]


def _tasks(text: str) -> Read:
    return [(t.number, t.title, t.lead, t.responsible) for t in extract(text).tasks]


@pytest.mark.parametrize(
    ("text", "lead", "responsible"),
    [
        ("1.普法宣传。做好宣传。牵头单位：县司法局、县教育局。", ("县司法局", "县教育局"), ()),
        (
            "1.普法宣传。（牵头单位：县司法局，配合单位：县教育局，各镇、街道）",
            ("县司法局",),
            ("县教育局", "各镇", "街道"),
        ),
        (
            "1.普法宣传。\n责任单位：县司法局牵头，县教育局、团县委等部门配合。",
            ("县司法局",),
            ("县教育局", "团县委"),
        ),
        ("1.普法宣传。\n责任单位：县司法局、各乡镇按职责分工分别负责。", (), ("县司法局", "各乡镇")),
        (
            "1.普法宣传。\n牵头单位：县司法局\n配合单位：县教育局\n完成时限：6月底前",
            ("县司法局",),
            ("县教育局",),
        ),
        ("1.普法宣传。（县司法局、县教育局等按职责分工负责）", (), ("县司法局", "县教育局")),
        ("1.普法宣传。（县司法局牵头，县直有关部门配合，持续推进）", ("县司法局",), ("县直有关部门",)),
        (
            "1.普法宣传。（县司法局、县教育局负责，排在第一位的部门为牵头部门，下同）",
            ("县司法局",),
            ("县教育局",),
        ),
        (
            "1.普法宣传。由县委依法治县办牵头，县委组织部配合，成立督察组。",
            ("县委依法治县办",),
            ("县委组织部",),
        ),
        ("1.普法宣传。【责任单位：县委政法委，各乡镇】", (), ("县委政法委", "各乡镇")),
        (
            "1.普法宣传。由县司法局牵头，会同县纪委监委、县检察院，6月底前完成。",
            ("县司法局",),
            ("县纪委监委", "县检察院"),
        ),
        (
            "1.普法宣传。牵头领导：祁红；牵头单位：县司法局；责任单位：县财政局。",
            ("县司法局",),
            ("县财政局",),
        ),
        (
            "1.普法宣传。做好宣传。〔县司法局、县委党校（县行政学院）〕",
            (),
            ("县司法局", "县委党校（县行政学院）"),
        ),
        ("1.普法宣传。（县司法局、县教育局，2023年6月底前完成）", (), ("县司法局", "县教育局")),
        (
            "1.普法宣传。（县司法局、县政务局分别牵头，县教育局协同推进，各镇街落实）",
            ("县司法局", "县政务局"),
            ("县教育局", "各镇街"),
        ),
        ("1.普法宣传。（县司法局会同县教育局负责）", (), ("县司法局", "县教育局")),
        ("1.普法宣传。责任单位：县司法局（牵头）、县教育局", ("县司法局",), ("县教育局",)),
        ("1.普法宣传。由县司法局牵头，县直各部门按职责落实。", ("县司法局",), ("县直各部门",)),
        ("1.普法宣传 （县司法局）", (), ("县司法局",)),
        ("1.经费保障。由县司法局会同县财政局另行制定。", (), ("县司法局", "县财政局")),
        (
            "1.数据归集。（县政务局、县司法局按职责分工负责，各乡镇配合）",
            (),
            ("县政务局", "县司法局", "各乡镇"),
        ),
        (
            "1.平台建设。县政务局负责建设，县司法局、县财政局按职责分工负责保障。",
            (),
            ("县政务局", "县司法局", "县财政局"),
        ),
    ],
)
def test_units_have_their_roles(text: str, lead: tuple[str, ...], responsible: tuple[str, ...]) -> None:
    (task,) = extract(text).tasks
    assert (task.number, task.title, task.lead, task.responsible) == ("1", text[2:6], lead, responsible)


def test_a_bracket_inside_a_sentence_gives_no_role() -> None:
    assert _tasks("1.督促政法机关（县法院、县检察院）落实制度。") == []


def test_items_without_units_and_standing_rules_are_no_tasks() -> None:
    assert _tasks("1.加强领导。各项工作要落到实处。") == []
    assert _tasks("1.是否制定计划。\n检查由县司法局组织实施。") == []
    assert _tasks("第二部分 整改任务\n由县司法局牵头整改。") == []
    assert _tasks("行政执法办法\n第一条 由县司法局牵头，县财政局配合。") == []


def test_a_table_with_one_cell_per_line() -> None:
    tasks = extract(texts.TABLE).tasks
    assert [(t.number, t.title, t.lead, t.responsible, t.deadline) for t in tasks] == [
        ("1", "健全重大行政决策机制", ("县政府办公室",), ("县司法局", "县发改局"), "6月底前"),
        ("2", "培养法律明白人", ("县司法局",), ("县农业农村局", "各乡镇"), "全年"),
    ]


def test_a_table_with_one_row_per_line() -> None:
    text = "分工表\n序号 任务 牵头单位 责任单位\n1 普法宣传 县司法局 县教育局、团县委\n2 案卷评查 县司法局 县法院"
    assert [(number, lead) for number, _, lead, _ in _tasks(text)] == [
        ("1", ("县司法局",)),
        ("2", ("县司法局",)),
    ]


def test_a_table_whose_cells_hold_several_lines() -> None:
    text = (
        "工作要点分解表\n序号\n重点任务\n责任领导\n牵头部门\n配合部门\n完成时限\n1\n推进依法行政\n卓越\n县司法局\n县发改局\n县财政局\n12月底\n"
        "2\n深化普法宣传\n祁红\n县委宣传部\n县司法局\n全年"
    )
    assert _tasks(text) == [
        ("1", "推进依法行政", ("县司法局",), ("县发改局", "县财政局")),
        ("2", "深化普法宣传", ("县委宣传部",), ("县司法局",)),
    ]
    assert [task.deadline for task in extract(text).tasks] == ["12月底", "全年"]


def test_a_table_pasted_with_tabs_keeps_blanks_inside_its_cells() -> None:
    text = "分工表\n序号\t任务\t牵头单位\t责任单位\n1\t深化普法\t县委宣传部\t县司法局 各乡镇"
    assert _tasks(text) == [("1", "深化普法", ("县委宣传部",), ("县司法局", "各乡镇"))]


def test_the_last_cells_of_a_row_may_be_missing() -> None:
    text = "台账\n序号\n工作内容\n分值\n责任单位\n备注\n1\n案卷评查\n2\n县司法局\n\n2\n普法宣传\n5\n县教育局\n已完成\n3\n督察\n4\n县委办"
    assert [(number, title, units) for number, title, _, units in _tasks(text)] == [
        ("1", "案卷评查", ("县司法局",)),
        ("2", "普法宣传", ("县教育局",)),
        ("3", "督察", ("县委办",)),
    ]


def test_the_group_of_a_row_may_stand_before_its_number() -> None:
    text = (
        "分解表\n重点任务\t序号\t具体举措\t牵头单位\t参与单位\n优化政务\t1\t一网通办\t县政务局\t县直各部门\n"
        "\t2\t清理证明\t县司法局\t县直各部门"
    )
    assert [(number, title) for number, title, _, _ in _tasks(text)] == [("1", "一网通办"), ("2", "清理证明")]


def test_a_list_of_units_with_what_each_must_make_known() -> None:
    text = "普法责任清单\n序号\t责任单位\t普法内容\t重点对象\t时限\n1\t县教育局\t教育法\t教师、学生\t全年"
    assert _tasks(text) == [("1", "教育法", (), ("县教育局",))]


@pytest.mark.parametrize("group", ["二、保障措施", "二\t保障措施\t\t\t"])
def test_the_rows_of_a_table_stand_in_groups(group: str) -> None:
    text = (
        "分解表\n序号\t任务\t牵头单位\t责任单位\t时限\n一、法治宣传\n1\t深化普法\t县委宣传部\t县司法局\t6月\n"
        f"{group}\n2\t保障经费\t\t县财政局\t全年"
    )
    assert _tasks(text) == [
        ("1", "深化普法", ("县委宣传部",), ("县司法局",)),
        ("2", "保障经费", (), ("县财政局",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "分解表\n工作内容\t责任单位\t时限\n深化普法\t县司法局、县教育局\t全年\n保障经费\t县财政局\t6月底前",
        "分解表\n工作内容\n责任单位\n时限\n深化普法\n县司法局\n县教育局\n全年\n保障经费\n县财政局\n6月底前",
        "分解表\n考核项目\n分值\n责任单位\n深化普法\n10\n县司法局\n县教育局\n保障经费\n5\n县财政局",
    ],
)
def test_a_table_without_numbers(text: str) -> None:
    assert [(title, units) for _, title, _, units in _tasks(text)] == [
        ("深化普法", ("县司法局", "县教育局")),
        ("保障经费", ("县财政局",)),
    ]


def test_the_scores_of_an_assessment_are_no_tasks() -> None:
    text = (
        "考核细则\n序号\n考核项目\n考核内容\n分值\n责任单位\n1\n河长履职\n每月巡河不少于2次\n20\n县河长办\n"
        "2\n排污整治\n建档率100%\n15\n县生态环境分局\n县水利局"
    )
    assert [(number, title, units) for number, title, _, units in _tasks(text)] == [
        ("1", "河长履职", ("县河长办",)),
        ("2", "排污整治", ("县生态环境分局", "县水利局")),
    ]


def test_a_table_with_the_unit_in_its_first_column() -> None:
    text = "考核任务表\n单位\n工作任务\n分值\n县司法局\n组织案卷评查活动\n10\n通报出庭应诉情况\n5\n县公安局\n规范执法办案场所\n10"
    assert [(title, units) for _, title, _, units in _tasks(text)] == [
        ("组织案卷评查活动", ("县司法局",)),
        ("通报出庭应诉情况", ("县司法局",)),
        ("规范执法办案场所", ("县公安局",)),
    ]


def test_a_blank_cell_is_the_border_between_lead_and_others() -> None:
    assert _tasks(texts.TABLE_BORDER_LOST) == [
        ("1", "健全政府信息公开", ("县政府办", "县监察局"), ("县发改委", "县财政局")),
        ("2", "规范行政执法", ("县政府办",), ("县政府有关部门",)),
    ]


def test_an_assessment_table_names_the_unit_before_its_tasks() -> None:
    assert _tasks(texts.ASSESSMENT) == [
        ("1", "持续开展非法采砂专项整治", (), ("县水利局",)),
        ("1", "推进河湖管护常态化", (), ("县水利局",)),
        ("2", "加大林地整治力度", (), ("县林业局",)),
    ]


def test_minutes_give_units_something_to_do() -> None:
    assert [(number, lead, responsible) for number, _, lead, responsible in _tasks(texts.MINUTES)] == [
        ("一", ("县住建局",), ("县财政局", "县自然资源局")),
        ("二", (), ("县财政局", "城东街道")),
        ("三", (), ("县水务局",)),
        ("四", (), ("县司法局",)),
        ("五", (), ("县委编办", "县财政局", "各镇（街道）政府")),
    ]


def test_minutes_set_up_a_group_and_give_tasks_in_one_point() -> None:
    text = (
        "县政府常务会议纪要\n一、研究城市更新\n会议决定：（一）成立工作专班；（二）县住建局7月底前拿出清单；"
        "3.各承办单位要按程序办理；县城投集团作为实施主体，抓好建设。"
    )
    assert [task.responsible for task in extract(text).tasks] == [("县住建局", "各承办单位", "县城投集团")]


def test_minutes_ask_a_unit_for_something() -> None:
    text = "县长办公会议纪要\n一、农贸市场。会议同意改造方案。请县财政局足额保障资金；县审计局全程跟踪审计；县委督查室予以配合；"
    text += "县行政许可局、县人社保障局可购买服务。"
    units = ("县财政局", "县审计局", "县委督查室", "县行政许可局", "县人社保障局")
    assert [task.responsible for task in extract(text).tasks] == [units]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一、优化环境\n清理证明事项\n牵头单位：县司法局\n规范案卷制作\n责任单位：县公安局", ""),
        (
            "问题一：清理证明事项\n整改措施：全面清理。\n整改时限：6月底\n牵头单位：县司法局\n问题二：规范案卷制作\n责任单位：县公安局",
            "一",
        ),
        (
            "重点督办事项一：清理证明事项\n牵头单位：县司法局\n办结时限：6月底\n督办事项二：规范案卷制作\n责任单位：县公安局",
            "一",
        ),
    ],
)
def test_titles_without_a_number_above_their_labels(text: str, number: str) -> None:
    first, second = _tasks(text)
    assert first == (number, "清理证明事项", ("县司法局",), ())
    assert second[1:] == ("规范案卷制作", (), ("县公安局",))


def test_an_empty_line_is_the_border_of_cells_that_have_several_lines() -> None:
    head = "序号\n\n工作任务\n\n牵头单位\n\n责任单位\n\n"
    (task,) = extract(head + "1\n\n规范案卷制作。\n\n县司法局\n县公安局\n\n县财政局\n县税务局").tasks
    assert (task.lead, task.responsible) == (("县司法局", "县公安局"), ("县财政局", "县税务局"))


def test_a_decision_begins_with_whom_it_concerns() -> None:
    text = "会议纪要\n（一）县司法局、县公安局研究提出意见。\n（二）请县财政局、县审计局研究设立服务中心。"
    assert [units for *_, units in _tasks(text)] == [("县司法局", "县公安局"), ("县财政局", "县审计局")]


@pytest.mark.parametrize(
    ("decision", "units"),
    [
        ("县委督查室对滞后事项逐项提醒", ("县委督查室",)),
        ("责成县农业农村局会同县民政局征求意见", ("县农业农村局", "县民政局")),
        ("责成县财政局6月底前拨付", ("县财政局",)),
        ("经费由县财政局从年度预算中解决", ("县财政局",)),
        ("平台由县司法局负总责", ("县司法局",)),
        ("县政府对外办负责接待", ("县政府对外办",)),
    ],
)
def test_minutes_say_in_many_ways_who_is_to_do_something(decision: str, units: tuple[str, ...]) -> None:
    assert [units for *_, units in _tasks(f"会议纪要\n一、研究重点事项。会议明确，{decision}。")] == [units]


def test_completion_dates_are_joined_and_recurring_dates_left_out() -> None:
    text = "（二）改革。6月底前完成清理，9月30日前全覆盖，每年1月20日前报告。\n责任单位：县司法局"
    assert extract(text).tasks[0].deadline == "6月底前；9月30日前"


def test_a_task_knows_where_it_stands() -> None:
    text = "三、保障\n（二）人员\n1.培训。责任单位：县司法局。"
    (task,) = extract(text).tasks
    assert task.section == "三（二）"
    assert task.span.of(text) == "1.培训。责任单位：县司法局。"
