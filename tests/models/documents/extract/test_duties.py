"""Standing duties: who, what, how often."""

import pytest

from models.documents.extract import extract
from models.documents.proposals import DutyProposal
from tests.models.documents import texts


def _rhythms(text: str) -> list[tuple[str, int | None, str, str, str]]:
    return [(d.who, d.times, d.per, d.deadline, d.threshold) for d in extract(text).duties]


def _one(text: str) -> DutyProposal:
    (duty,) = extract(text).duties
    return duty


def test_the_standing_duties_of_a_notice_that_sets_up_offices() -> None:
    assert _rhythms(texts.OFFICES) == [
        ("县依法治县领导小组办公室主任", 1, "half-year", "", ""),
        ("各协调指导办公室成员单位", 1, "year", "", ""),
        ("各协调指导办公室", 1, "year", "11-15", ""),
        ("各协调指导办公室", 1, "year", "06-10", ""),
    ]
    meeting, branch, plan, progress = extract(texts.OFFICES).duties
    assert (meeting.what, branch.what) == ("召开协调指导办公室联席会议", "召开成员单位会议")
    assert (meeting.occasional, branch.occasional) == (True, False)
    assert (plan.what, progress.what) == ("报送年度工作计划和工作总结", "报送半年度工作进展情况")
    assert [duty.answers for duty in (meeting, branch, plan, progress)] == [
        "meeting",
        "meeting",
        "submission",
        "submission",
    ]
    assert plan.span.of(texts.OFFICES) == "11月15日前"


@pytest.mark.parametrize(
    ("sentence", "days", "workdays"),
    [
        ("联席会议议定事项应于会后5个工作日内印发纪要。", 5, True),
        ("会议纪要应当在会议结束后十日内印发。", 10, False),
    ],
)
def test_minutes_are_due_after_every_meeting(sentence: str, days: int, workdays: bool) -> None:
    duty = _one(sentence)
    assert (duty.per, duty.answers, duty.within_days, duty.workdays) == ("each", "minutes", days, workdays)


@pytest.mark.parametrize(
    ("sentence", "rhythms"),
    [
        ("县司法局每季度通报一次应诉情况。", [("县司法局", 1, "quarter", "", "")]),
        ("县司法局每年至少组织2次案卷评查。", [("县司法局", 2, "year", "", "")]),
        ("县政府每年听取两次以上工作汇报。", [("县政府", 2, "year", "", "")]),
        ("区委依法治区办每两个月编发一期《动态》。", [("区委依法治区办", 1, "2-months", "", "")]),
        ("行政执法人员每三年轮训一遍。", [("行政执法人员", 1, "3-years", "", "")]),
        ("领导小组办公室每半个月调度一次。", [("领导小组办公室", 1, "half-month", "", "")]),
        ("各学校每学期开展一次法治讲座。", [("各学校", 1, "half-year", "", "")]),
        ("公务员每年要保证40学时的法律知识学习。", [("公务员", None, "year", "", "40学时")]),
        ("县公安局全年查处案件不少于200件。", [("县公安局", None, "year", "", "200件")]),
        ("各单位每年1月底前报送计划。", [("各单位", 1, "year", "01-31", "")]),
        ("党政主要负责人应当于每年年底前，就履职情况述法。", [("党政主要负责人", 1, "year", "12-31", "")]),
        ("各单位于每季度末月25日前报送台账。", [("各单位", 1, "quarter", "", "")]),
        (
            "各单位每年6月20日前、12月10日前分别报送总结。",
            [("各单位", 1, "year", "06-20", ""), ("各单位", 1, "year", "12-10", "")],
        ),
        (
            "县政府应当在每年3月1日前向县委报告情况，4月1日前向社会公开。",
            [("县政府", 1, "year", "03-01", ""), ("县政府", 1, "year", "04-01", "")],
        ),
        (
            "主任会议由县司法局召集，领导小组会议每季度召开一次，协调小组会议每半年召开一次。",
            [("领导小组", 1, "quarter", "", ""), ("协调小组", 1, "half-year", "", "")],
        ),
        ("每年1月10日前，各镇河长办公室将情况报送县水利局。", [("各镇河长办公室", 1, "year", "01-10", "")]),
        ("镇级河长每月需要对责任河段巡河至少2次。", [("镇级河长", 2, "month", "", "")]),
        ("各村（社区）每季度举办1场法治讲座。", [("各村（社区）", 1, "quarter", "", "")]),
        ("联席会议由召集人主持，原则上每季度最后一个星期召开。", [("联席会议", 1, "quarter", "", "")]),
        ("县法院应于每年第一季度发布白皮书。", [("县法院", 1, "year", "", "")]),
        (
            "领导班子集体学法全年不少于4次，干部学法人均不少于40学时。",
            [("领导班子", 4, "year", "", ""), ("干部", None, "year", "", "40学时")],
        ),
        (
            "各镇每年6月30日、12月31日前报送总结。",
            [("各镇", 1, "year", "06-30", ""), ("各镇", 1, "year", "12-31", "")],
        ),
        (
            "各单位每年集中学法不少于4次，专题讲座不少于2场。",
            [("各单位", 4, "year", "", ""), ("各单位", 2, "year", "", "")],
        ),
        (
            "县司法局每年开展专项督察1次、案卷评查2次。",
            [("县司法局", 1, "year", "", ""), ("县司法局", 2, "year", "", "")],
        ),
        ("县普法办每年组织1至2次培训。", [("县普法办", 1, "year", "", "")]),
        ("督察由县司法局牵头，县委督查室参加，全年开展督察1次。", [("县司法局", 1, "year", "", "")]),
        (
            "村（社区）每周、镇每半月开展一次排查。",
            [("村（社区）", 1, "week", "", ""), ("镇", 1, "half-month", "", "")],
        ),
        ("法治副校长每学期授课不少于2次。", [("法治副校长", 2, "half-year", "", "")]),
        ("（一）县司法局职责\n1.制定年度计划，每季度督查一次。", [("县司法局", 1, "quarter", "", "")]),
        (
            "下设工作组：\n（一）执法规范组\n组长：林晓\n工作职责：负责流程规范，每月组织一次培训。",
            [("执法规范组", 1, "month", "", "")],
        ),
        ("联络员会议每季度第一个月召开一次。", [("联络员会议", 1, "quarter", "", "")]),
        (
            "1.县应急局：对化工企业每季度检查1次，对零售点每年检查2次。",
            [("县应急局", 1, "quarter", "", ""), ("县应急局", 2, "year", "", "")],
        ),
        ("每年的12月4日，各单位应当组织宪法宣誓活动。", [("各单位", 1, "year", "12-04", "")]),
        ("各学校每年12月1日至7日开展宣传周。", [("各学校", 1, "year", "", "")]),
        ("规范性文件制定机关应当每年1月15日前公布目录。", [("规范性文件制定机关", 1, "year", "01-15", "")]),
        ("人民法庭每年巡回审判不少于10场。", [("人民法庭", 10, "year", "", "")]),
        ("二、县教育局\n普法措施：每学期开展法治讲座1次。", [("县教育局", 1, "half-year", "", "")]),
        ("年度报告应于次年3月1日前公开。", [("", 1, "year", "03-01", "")]),
        ("一、总河长会议制度\n第二条 会议原则上每季度召开一次。", [("总河长会议", 1, "quarter", "", "")]),
        (
            "行政执法人员更新学习每年不少于15天，每3年接受一次专门培训。",
            [("行政执法人员", None, "year", "", "15天"), ("行政执法人员", 1, "3-years", "", "")],
        ),
    ],
)
def test_a_rhythm_has_an_owner(sentence: str, rhythms: list[tuple[str, int | None, str, str, str]]) -> None:
    assert _rhythms(sentence) == rhythms


@pytest.mark.parametrize(
    "sentence",
    [
        "各单位于11月30日前完成整改。",
        "5年内重点引进100名专业人才。",
        "截至6月30日，全县每月召开会议。",
        "对入选人员连续3年每年给予资助。",
        "联席会议根据工作需要召开。",
        "一季度财政收入增长，各单位定期报告。",
        "按年龄分组，按月份排列。",
        "县司法局负责日常工作。",
        "关于召开行政执法工作例会的通知\n各单位于3月10日前报送材料。",
        "县政务局年内新增10个集成办理事项。",
        "2026年法治工作要点\n一、完善工作制度\n（一）县政府办公室3月底前公布目录。",
        "（五）落实公示制度。\n责任单位：各执法单位；完成时限：10月底前",
    ],
)
def test_one_off_dates_reports_and_needs_are_no_standing_duties(sentence: str) -> None:
    assert _rhythms(sentence) == []


def test_a_bare_date_recurs_only_in_a_standing_rule() -> None:
    assert _rhythms("信息报送制度\n第一条 各单位于11月15日前报送总结。") == [
        ("各单位", 1, "year", "11-15", "")
    ]
    assert _rhythms("2022年工作安排\n一、各单位于11月15日前报送总结。") == []


def test_the_same_rule_twice_is_one_duty() -> None:
    assert len(_rhythms("各单位每年报告一次法治建设情况。\n各单位每年报告一次法治建设情况。")) == 1


@pytest.mark.parametrize(
    ("sentence", "what", "answers"),
    [
        ("区委中心组每年集中学法不少于4次。", "集中学法", "study"),
        ("领导小组会议由组长召集，原则上每半年召开一次。", "召开领导小组会议", "meeting"),
        ("县司法局每月对政府网站开展1次检查。", "对政府网站开展检查", "inspection"),
        ("各单位主要负责人每年至少带头讲一次法治课、每年旁听庭审不少于1次。", "带头讲法治课", "study"),
    ],
)
def test_what_is_owed_reads_as_a_sentence(sentence: str, what: str, answers: str) -> None:
    duty = extract(sentence).duties[0]
    assert (duty.what, duty.answers) == (what, answers)


def test_an_inferred_owner_is_marked_for_review() -> None:
    assert _one("五、组织培训，全年培训时间不少于60学时。\n责任单位：县司法局").who == "县司法局"
    assert _one("五、组织培训，全年培训时间不少于60学时。\n责任单位：县司法局").review
    assert _one("每年选取一些规章组织听证。").review == "原文没有写明由谁办理，请补充。"
