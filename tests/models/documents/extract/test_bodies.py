"""Bodies: their name, seat, lead unit, members in order, posts, people and duties."""

import pytest

from models.documents.extract import extract
from models.documents.proposals import BodyProposal, PersonProposal
from tests.models.documents import texts


def _one(text: str) -> BodyProposal:
    (body,) = extract(text).bodies
    return body


def _people(body: BodyProposal) -> list[tuple[str, str, str]]:
    return [(person.name, person.role, person.post) for person in body.people]


def test_offices_composed_of_units_with_seat_and_posts() -> None:
    first, second = extract(texts.OFFICES).bodies
    assert (first.name, first.kind, first.seat) == (
        "澜溪县依法行政协调指导办公室",
        "协调指导办公室",
        "县政府法制办",
    )
    assert first.members == ("县监察局", "县政府办公室", "县财政局", "县政府法制办")
    assert first.head_post and first.member_post
    assert (first.head_post.unit, first.head_post.post_kind, first.head_post.role) == (
        "县政府法制办",
        "主要负责人",
        "办公室主任",
    )
    assert (first.member_post.unit, first.member_post.post_kind) == ("", "分管负责人")
    assert first.duties == ("研究制定依法行政规划", "组织依法行政工作的考核和总结", "办理县委交办的其他事项")
    assert (second.name, second.seat) == ("澜溪县公正司法协调指导办公室", "县法院")
    assert second.members == ("县法院", "县检察院", "县公安局")
    assert second.head_post and second.head_post.post_kind == "分管负责人"


def test_seats_given_by_post_in_a_roster() -> None:
    group, meeting = extract(texts.POSTS).bodies
    assert [(seat.role, seat.unit, seat.post_kind) for seat in group.seats] == [
        ("成员", "松岭镇", "主要负责人"),
        ("成员", "雁回乡", "主要负责人"),
    ]
    assert group.members == ("松岭镇", "雁回乡")
    assert [(seat.role, seat.unit, seat.post_kind) for seat in meeting.seats] == [
        ("召集人", "县政府", "分管负责人"),
        ("副召集人", "县司法局", "主要负责人"),
    ]
    assert meeting.seats[0].span.of(texts.POSTS) == "县政府分管副县长"


def test_a_proposal_quotes_the_source() -> None:
    body = extract(texts.OFFICES).bodies[0]
    assert body.span.of(texts.OFFICES) == "澜溪县依法行政协调指导办公室"
    assert body.head_post
    assert body.head_post.span.of(texts.OFFICES) == "县政府法制办主要负责同志担任办公室主任"


def test_a_roster_in_its_usual_forms() -> None:
    body = _one(texts.ROSTER)
    assert (body.name, body.seat) == ("县政务公开工作领导小组", "县政府办公室")
    assert body.members == ("各乡镇人民政府", "县教育局", "县供水公司")
    assert _people(body) == [
        ("钟岳", "组长", "县委常委、常务副县长"),
        ("柏长风", "副组长", "县政府办公室主任、党组成员"),
        ("祁红", "副组长", "县司法局局长"),
        ("滕大为", "成员", "县信访局局长"),
        ("欧阳雪", "成员", "县财政局副局长"),
        ("怀玉", "成员", "县供水公司"),
        ("柏长风", "办公室主任", "县政府办公室主任、党组成员"),
        ("鲁青", "办公室副主任", "县信息中心主任"),
    ]


def test_a_joint_meeting_with_convener_and_lead_unit() -> None:
    body = _one(texts.JOINT_MEETING)
    assert (body.name, body.kind) == ("丙丁工作部际联席会议", "联席会议")
    assert body.members == ("发展改革委", "人力资源社会保障部", "住房城乡建设部")
    assert (body.lead_unit, body.seat) == ("发展改革委", "发展改革委")


def test_bodies_set_up_within_one_sentence() -> None:
    group, force = extract(texts.IN_ONE_SENTENCE).bodies
    assert (group.name, group.seat, group.members) == ("应诉工作领导小组", "镇司法所", ())
    assert (force.name, force.seat) == ("县供水工作专班", "县水利局")
    assert force.members == ("县水利局", "县财政局", "各乡镇")


def test_several_groups_under_headings_keep_their_own() -> None:
    text = """关于协调小组组成的通知
一、立法协调小组
组长由区人大常委会主要负责同志担任。
成员单位：区政府办公室、区司法局
办公室设在区司法局，由区司法局局长聂远兼任办公室主任。
主要职责：
1.研究提出年度立法建议；
2.完成交办的其他任务。
二、普法协调小组
组长单位：区委宣传部
成员单位：区教育局、团区委及各街道。
"""
    first, second = extract(text).bodies
    assert (first.name, first.seat, first.members) == (
        "立法协调小组",
        "区司法局",
        ("区政府办公室", "区司法局"),
    )
    assert _people(first) == [("聂远", "办公室主任", "区司法局局长")]
    assert first.head_post and (first.head_post.unit, first.head_post.role) == ("区人大常委会", "组长")
    assert first.duties == ("研究提出年度立法建议", "完成交办的其他任务")
    assert (second.lead_unit, second.members) == ("区委宣传部", ("区教育局", "团区委", "各街道"))


def test_the_head_of_an_office_is_not_the_head_of_the_body() -> None:
    text = "成立县普法工作领导小组，办公室设在县司法局，县司法局局长卓越同志任主任。"
    assert _people(_one(text)) == [("卓越", "办公室主任", "县司法局局长")]


def test_bodies_only_mentioned_are_not_proposed() -> None:
    text = "各单位要成立工作领导小组，向县委依法治县委员会报告，并接受县平安建设领导小组指导。"
    assert extract(text).bodies == ()


def test_a_body_without_members_is_marked_for_review() -> None:
    assert _one("成立县信用工作领导小组，办公室设在县发改局。").review == "原文没有列出成员，请核对。"


def test_people_know_their_place() -> None:
    person: PersonProposal = _one(texts.ROSTER).people[2]
    assert person.span.of(texts.ROSTER) == "祁 红　　县司法局局长"


def test_units_that_lead_a_joint_meeting_together() -> None:
    text = "县普法责任制联席会议（以下简称“联席会议”）由县委宣传部、县司法局牵头，县法院、团县委等20个部门和单位组成。"
    body = _one(text)
    assert (body.name, body.lead_unit) == ("县普法责任制联席会议", "县委宣传部、县司法局")
    assert body.members == ("县委宣传部", "县司法局", "县法院", "团县委")


def test_members_given_by_post_in_a_roster_without_names() -> None:
    text = """一、成立县委全面依法治县委员会
主任：县委书记；副主任：县长；委员：县委组织部、县司法局、县公安局主要负责人。
委员会下设立法、执法两个协调小组。
（一）立法协调小组。组长：县人大常委会副主任；成员单位：县政府办公室、县司法局。
"""
    committee, group = extract(text).bodies
    assert (committee.name, committee.members) == (
        "县委全面依法治县委员会",
        ("县委组织部", "县司法局", "县公安局"),
    )
    assert (group.name, group.members) == ("立法协调小组", ("县政府办公室", "县司法局"))
    assert committee.people == group.people == ()


def test_the_groups_of_a_body_have_their_own_heads_and_the_body_its_office() -> None:
    text = (
        "关于成立澜溪县专项整治领导小组的通知\n组 长：林晓 县长\n领导小组下设工作组：\n（一）综合协调组。组长由钟岳同志兼任。\n"
        "（二）宣传组\n组 长：祁红\n二、领导小组办公室设在县公安局，办公室主任由钟岳兼任。"
    )
    body, coordination, publicity = extract(text).bodies
    assert (body.seat, _people(body)) == (
        "县公安局", [("林晓", "组长", "县长"), ("钟岳", "办公室主任", "")],
    )  # fmt: skip
    assert (coordination.name, _people(coordination)) == ("综合协调组", [("钟岳", "组长", "")])
    assert (publicity.name, _people(publicity)) == ("宣传组", [("祁红", "组长", "")])


def test_a_body_that_changes_its_own_members() -> None:
    text = (
        "县委人才工作领导小组关于调整组成人员的通知\n组 长：林晓 县长\n领导小组成员单位由县委组织部、县科协组成。\n"
        "办公室设在县委组织部。"
    )
    body = _one(text)
    assert (body.name, body.seat, body.members) == (
        "县委人才工作领导小组", "县委组织部", ("县委组织部", "县科协"),
    )  # fmt: skip


def test_a_roster_belongs_to_the_body_last_mentioned() -> None:
    text = "县爱卫会关于调整成员的通知\n现将县爱国卫生运动委员会组成人员调整如下：\n主任委员：林晓 副县长\n委 员：钟岳 县司法局局长"
    body = _one(text)
    assert (body.name, [person.role for person in body.people]) == (
        "县爱国卫生运动委员会",
        ["主任委员", "委员"],
    )
    assert extract("县委依法治县委员会办公室关于开展督察的通知\n联系人：林晓").bodies == ()


def test_members_listed_below_a_heading_and_names_padded_with_blanks() -> None:
    text = (
        "关于成立澜溪县信用建设联席会议的通知\n一、成员单位\n县司法局、县财政局。县司法局为召集单位。\n二、组成人员\n召集人：林 晓、钟 岳\n"
        "成 员：祁 红 傅 山 颜 如玉 各村党支部书记\n委 员：云 舒、海 清及各学校校长"
    )
    body = _one(text)
    assert body.members == ("县司法局", "县财政局", "各学校")
    assert [person.name for person in body.people] == [
        "林晓",
        "钟岳",
        "祁红",
        "傅山",
        "颜如玉",
        "云舒",
        "海清",
    ]


def test_groups_told_by_number_are_no_body() -> None:
    text = "关于成立县委全面依法治县委员会的通知\n主 任：林晓\n委员会下设立法、执法、司法三个协调小组。\n副主任：钟岳"
    assert _one(text).name == "县委全面依法治县委员会"


def test_units_of_a_list_apart_by_blanks_and_a_lead_before_the_members() -> None:
    text = (
        "关于成立澜溪县安全委员会的通知\n主 任：计 划  县长\n委 员：安监局 教育局 各乡镇主要负责人\n下设办公室在县应急局。\n"
        "关于建立澜溪县信用联席会议制度：联席会议由县发改局牵头，县司法局、县税务局为成员单位。"
    )
    committee, meeting = extract(text).bodies
    assert (committee.seat, _people(committee)) == ("县应急局", [("计划", "主任", "县长")])
    assert committee.members == ("安监局", "教育局", "各乡镇")
    assert meeting.members == ("县发改局", "县司法局", "县税务局")


_TITLE = "关于成立澜溪县普法领导小组的通知\n"
_PAIR = [("林晓", "组长", "县长"), ("钟岳", "副组长", "县委常委、副县长"), ("祁红", "副组长", "县司法局局长")]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (_TITLE + "组 长\n林 晓 县长\n副组长\n钟 岳 县委常委、副县长\n祁 红 县司法局局长", _PAIR),
        (
            "澜溪县普法领导小组成员名单\n职务\n姓名\n单位及职务\n组长\n林晓\n县长\n副组长\n钟岳\n县委常委、副县长\n祁红\n县司法局局长",
            _PAIR,
        ),
        (
            _TITLE + "组长：林晓（县长\n副组长：钟岳（县委常委、副县长）\n　　　祁红县司法局局长）",
            _PAIR,
        ),
        (_TITLE + "组 长：由县长林晓担任\n副组长：由县委常委、副县长钟岳、县司法局局长祁红担任", _PAIR),
        (
            _TITLE
            + "组长：林晓（县长）\n办公室\n二、办公室\n设在县司法局，由钟岳任主任，林晓（兼）任副主任。",
            [("林晓", "组长", "县长"), ("钟岳", "办公室主任", ""), ("林晓", "办公室副主任", "县长")],
        ),
        (
            _TITLE
            + "组　长：单于　静　县长\n副组长：亓官云海（副县长）\n　　　　达娃措姆　县司法局局长\n　　　　覅　明　县委办主任",
            [
                ("单于静", "组长", "县长"),
                ("亓官云海", "副组长", "副县长"),
                ("达娃措姆", "副组长", "县司法局局长"),
                ("覅明", "副组长", "县委办主任"),
            ],
        ),
        (
            _TITLE + "组长：覅晓\n副组长：覅岳、覅红",
            [("覅晓", "组长", ""), ("覅岳", "副组长", ""), ("覅红", "副组长", "")],
        ),
        (
            _TITLE
            + "组长：林晓\n由县政府副秘书长钟岳、县司法局局长祁 红任副组长（兼）。\n联系人：艾青，电话：0000-1",
            [("林晓", "组长", ""), ("钟岳", "副组长", "县政府副秘书长"), ("祁红", "副组长", "县司法局局长")],
        ),
        (
            _TITLE
            + "组　长　覅　晓\n副组长：覅　岳、覅　红　者　荣\n成　员：县委办主任祁　红、县工商联主席覅　青，待定",
            [
                ("覅晓", "组长", ""),
                ("覅岳", "副组长", ""),
                ("覅红", "副组长", ""),
                ("者荣", "副组长", ""),
                ("祁红", "成员", "县委办主任"),
                ("覅青", "成员", "县工商联主席"),
            ],
        ),
        (
            _TITLE
            + "组长：木尔坦江\n副组长：者　尔坦江　政法委员、党组成员\n　　　　柏长风　县委政法委员、党组成员\n"
            "成员：祁红、覅南山，各村党支部书记",
            [
                ("木尔坦江", "组长", ""),
                ("者尔坦江", "副组长", "政法委员、党组成员"),
                ("柏长风", "副组长", "县委政法委员、党组成员"),
                ("祁红", "成员", ""),
                ("覅南山", "成员", ""),
            ],
        ),
        (
            _TITLE
            + "组长：林晓\n领导小组设联络员一名，由县司法局办公室主任覅　岳担任，办公室副主任由覅　红、覅青山兼任。",
            [
                ("林晓", "组长", ""),
                ("覅岳", "联络员", "县司法局办公室主任"),
                ("覅红", "办公室副主任", ""),
                ("覅青山", "办公室副主任", ""),
            ],
        ),
        (
            _TITLE + "组长：林晓\n增补覅岳（县司法局局长）、祁红（县法院院长）为领导小组成员。",
            [("林晓", "组长", ""), ("覅岳", "成员", "县司法局局长"), ("祁红", "成员", "县法院院长")],
        ),
        (
            _TITLE
            + "由县长覅晓同志任组长，县司法局党组书记、局长助理覅岳红同志任副组长，办公室主任由覅岳红同志担任（兼）。",
            [
                ("覅晓", "组长", "县长"),
                ("覅岳红", "副组长", "县司法局党组书记、局长助理"),
                ("覅岳红", "办公室主任", "县司法局党组书记、局长助理"),
            ],
        ),
        (
            _TITLE
            + "组长：覅　晓　县委常委、县政府\n　　　常务副县长\n副组长：覅　岳　县司法局局长\n副组长　祁　红　副县长\n"
            "县财政局局长\n领导小组办公室副主任由覅岳同志和县法院院长覅青同志担任。",
            [
                ("覅晓", "组长", "县委常委、县政府常务副县长"),
                ("覅岳", "副组长", "县司法局局长"),
                ("祁红", "副组长", "副县长"),
                ("覅岳", "办公室副主任", "县司法局局长"),
                ("覅青", "办公室副主任", "县法院院长"),
            ],
        ),
        (
            "县普法联席会议\n一、召集人：林晓（县长）\n二、成员（按姓氏笔画排序）：\n覅　岳　县司法局局长\n祁　红　县法院院长\n"
            "联系人：艾　青　0000-1234567",
            [("林晓", "召集人", "县长"), ("覅岳", "成员", "县司法局局长"), ("祁红", "成员", "县法院院长")],
        ),
        (
            _TITLE + "由县长林晓任组长，县法院行政庭庭长覅岳、县司法局局长祁红任副组长。",
            [
                ("林晓", "组长", "县长"),
                ("覅岳", "副组长", "县法院行政庭庭长"),
                ("祁红", "副组长", "县司法局局长"),
            ],
        ),
        (
            "关于组建澜溪县普法讲师团的通知\n团　长：林晓\n成　员：钟岳（县法院庭长）、县司法局公职律师祁　红",
            [("林晓", "团长", ""), ("钟岳", "成员", "县法院庭长"), ("祁红", "成员", "县司法局公职律师")],
        ),
        (
            "关于组建澜溪县普法讲师团的通知\n团　长：林晓（女）　县司法局局长\n成　员：钟岳（男，回族）　县法院庭长",
            [("林晓", "团长", "县司法局局长"), ("钟岳", "成员", "县法院庭长")],
        ),
    ],
)
def test_people_in_more_forms(text: str, people: list[tuple[str, str, str]]) -> None:
    assert _people(_one(text)) == people


def test_the_heading_of_an_office_goes_with_the_line_below() -> None:
    assert _one(_TITLE + "组长：林晓\n二、办公室\n设在县司法局，由钟岳任主任。").seat == "县司法局"
    body = _one(_TITLE + "组长：林晓\n二、领导小组办公室\n领导小组办公室设在县司法局，办公室主任由钟岳兼任。")
    assert (body.name, _people(body)[1]) == ("澜溪县普法领导小组", ("钟岳", "办公室主任", ""))


@pytest.mark.parametrize(
    "line",
    [
        "组长由县委书记、县长共同担任",
        "由分管副县长任组长，县政府办副主任、县司法局局长任副组长",
        "办公室主任由局长轮流担任。",
        "由县长亲自担任组长，副县长具体负责。",
        "组 长 负责全面工作",
        "成 员 县直各单位",
        "成员：县教育局、群众、待定",
        "副组长：县委常委 政法委书记 副县长",
        "联络员一名，由各单位业务骨干担任",
    ],
)
def test_posts_units_and_words_are_no_names(line: str) -> None:
    assert _people(_one(_TITLE + "组长：林晓\n" + line)) == [("林晓", "组长", "")]


def test_the_head_of_a_group_named_in_passing_is_not_the_head_of_the_body() -> None:
    text = _TITLE + "组长：林晓\n领导小组下设法治组、宣传组。法治组组长由县司法局局长钟岳兼任。"
    assert [(body.name, _people(body)) for body in extract(text).bodies] == [
        ("澜溪县普法领导小组", [("林晓", "组长", "")]),
        ("法治组", [("钟岳", "组长", "县司法局局长")]),
    ]


def test_minutes_name_the_heads_of_several_groups() -> None:
    text = "会议纪要\n一、会议同意执法协调小组组长由副县长闾丘敏担任，普法协调小组组长由县委常委、宣传部部长祁红担任。"
    assert [(body.name, _people(body)) for body in extract(text).bodies] == [
        ("执法协调小组", [("闾丘敏", "组长", "副县长")]),
        ("普法协调小组", [("祁红", "组长", "县委常委、宣传部部长")]),
    ]


@pytest.mark.parametrize(
    ("text", "name", "members", "seat"),
    [
        (
            "三、组织领导。成立县信用建设领导小组，县长林晓任组长，成员由县发改局、县司法局主要负责人担任。",
            "县信用建设领导小组", ("县发改局", "县司法局"), "",
        ),
        (
            "关于县普法小组更名的通知\n将县普法工作领导小组更名为县委守法普法协调小组，组成人员如下：\n组长：林晓 县长",
            "县委守法普法协调小组", (), "",
        ),
        (
            _TITLE + "组长：林晓\n成 员：各村（社区）党支部书记\n下设办公室于县综治中心。",
            "澜溪县普法领导小组", ("各村（社区）党支部",), "县综治中心",
        ),
        (
            "县普法联席会议（新设立）\n召集人：林晓\n成 员：县教育局、县司法局工作人员",
            "县普法联席会议", ("县教育局", "县司法局"), "",
        ),
        (
            "县普法委员会\n主 任：林晓\n委 员：由县教育局、县司法局各1名分管负责同志组成\n委员会办公室挂靠县司法局。",
            "县普法委员会", ("县教育局", "县司法局"), "县司法局",
        ),
    ],
)  # fmt: skip
def test_members_and_names_in_more_sentences(
    text: str, name: str, members: tuple[str, ...], seat: str
) -> None:
    body = _one(text)
    assert (body.name, body.members, body.seat) == (name, members, seat)


def test_standing_members_of_a_committee() -> None:
    text = _TITLE + "主任委员：林晓（县长）\n常任委员：祁红（局长）、傅山（主任）\n非常任委员：钟岳（律师）"
    assert [person.role for person in _one(text).people] == ["主任委员", "常任委员", "常任委员", "非常任委员"]
