"""Reviewing what a text proposes: states, edits, matches of units, one deed, drafts."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from models.documents.extract import extract
from models.documents.proposals import BodyProposal, DutyProposal
from models.errors import ClerkError
from models.intake.bodies import BodyIndex
from models.intake.review import Review
from models.records.organisation import Appointment, Body, Membership, Person, Seat, Unit
from models.records.rules import Clause
from models.store.ledger import Ledger
from models.store.reader import RowQuery
from tests.models.documents import texts

TEXT = """关于调整澜溪县依法行政协调机构的通知
一、机构组成
（一）澜溪县依法行政协调办公室
澜溪县依法行政协调办公室由县财政局、县审计局、县司法局等部门组成。办公室设在县司法局，县司法局主要负责同志担任办公室主任，各成员单位分管负责同志为成员。
（二）澜溪县普法协调办公室
澜溪县普法协调办公室由县委宣传部、县教育局、县司法局等部门组成。办公室设在县司法局，县司法局主要负责同志担任办公室主任，各成员单位分管负责同志为成员。
二、工作制度
各协调办公室成员单位会议每年不少于一次。
各协调办公室应于每年11月15日前报送年度工作计划和工作总结。
"""


@pytest.fixture
def review(ledger: Ledger) -> Review:
    return Review(ledger, extract(TEXT))


def count(ledger: Ledger, kind: str) -> int:
    return ledger.count(RowQuery(kind, ()))


def test_proposals_come_in_the_order_of_the_text_and_nothing_is_written(
    ledger: Ledger, review: Review
) -> None:
    assert [item.number for item in review.items] == [1, 2, 3, 4]
    assert [item.proposal.span.start for item in review.items] == sorted(
        item.proposal.span.start for item in review.items
    )
    assert {item.state for item in review.items} == {"open"}
    assert count(ledger, "body") == count(ledger, "unit") == 0
    assert ledger.history() == []


def test_what_is_accepted_is_written_as_one_deed_that_can_be_undone(ledger: Ledger, review: Review) -> None:
    assert review.accept_reliable() == 4
    done = review.write()
    counts = {kind: done.count(kind) for kind in ("body", "unit", "membership", "clause")}
    assert counts == {"body": 2, "unit": 5, "membership": 6, "clause": 3}
    assert len(ledger.history()) == 1
    ledger.undo()
    assert [count(ledger, kind) for kind in ("body", "unit", "membership", "seat", "clause")] == [0] * 5


def test_a_second_reading_finds_everything_known(ledger: Ledger, review: Review) -> None:
    review.accept_reliable()
    review.write()
    again = Review(ledger, extract(TEXT))
    assert [item.state for item in again.items] == ["known"] * 4
    assert again.accept(1) is False


def test_refused_proposals_stay_out_and_edited_ones_are_written_as_edited(
    ledger: Ledger, review: Review
) -> None:
    body = review.item(1).proposal
    assert isinstance(body, BodyProposal)
    review.edit(1, dataclasses.replace(body, name="澜溪县法治政府建设办公室", members=body.members[:2]))
    review.accept(1)
    review.refuse(2)
    review.write()
    assert [found.name for found in ledger.find(Body)] == ["澜溪县法治政府建设办公室"]
    assert count(ledger, "membership") == 2
    assert ledger.find(Clause) == []


def test_units_on_record_are_matched_by_name_or_by_the_clerk(ledger: Ledger) -> None:
    with ledger.action("登记") as action:
        justice = action.add(Unit(name="澜溪县司法局", category="政府"))
        finance = action.add(Unit(name="澜溪县财政和国资局", category="政府"))
    review = Review(ledger, extract(TEXT))
    known = review.match("县司法局")
    assert known is not None
    assert known.id == justice.id
    assert review.match("县财政局") is None
    assert "已有 1 家" in review.summary(review.item(1))
    review.mean_unit("县财政局", finance.id)
    assert "已有 2 家" in review.summary(review.item(1))
    review.accept_reliable()
    review.write()
    members = {found.unit for found in ledger.find(Membership)}
    assert {justice.id, finance.id} <= members
    assert count(ledger, "unit") == 5


def test_a_unit_said_to_be_new_is_entered_once(ledger: Ledger) -> None:
    with ledger.action("登记") as action:
        action.add(Unit(name="澜溪县司法局"))
    review = Review(ledger, extract(TEXT))
    review.mean_unit("县司法局", "")
    review.accept_reliable()
    review.write()
    assert [unit.name for unit in ledger.find(Unit) if "司法局" in unit.name] == ["县司法局", "澜溪县司法局"]


def test_a_body_on_record_is_completed_only_after_a_look(ledger: Ledger, review: Review) -> None:
    review.accept(1)
    review.write()
    seat = ledger.find(Seat)[0]
    with ledger.action("删除席位") as action:
        action.remove(seat)
    again = Review(ledger, extract(TEXT))
    assert (again.item(1).state, again.item(1).doubt) == ("doubtful", "已有这个机构，采用后补上缺少的内容")
    assert again.accept(1) is True


KNOWN = "中共澜溪县委全面依法治县委员会执法协调小组"


@pytest.mark.parametrize(
    "called",
    [KNOWN, "县委全面依法治县委员会执法协调小组", "县委依法治县委执法协调小组", "澜溪县委全面依法治县委员会执法协调小组", "执法协调小组"],
)  # fmt: skip
def test_a_body_is_known_by_the_names_people_give_it(ledger: Ledger, called: str) -> None:
    with ledger.action("登记") as action:
        action.add(Body(name=KNOWN, category="协调小组"))
    review = Review(
        ledger, extract(f"关于调整{called}的通知\n{called}由县司法局、县公安局组成。办公室设在县司法局。")
    )
    review.accept(1)
    review.write()
    assert [body.name for body in ledger.find(Body)] == [KNOWN]


@pytest.mark.parametrize("called", ["普法协调小组", "领导小组办公室", "县委依法治市委执法协调小组"])
def test_a_body_of_another_name_is_another(ledger: Ledger, called: str) -> None:
    with ledger.action("登记") as action:
        action.add(Body(name=KNOWN, category="协调小组"))
        action.add(Body(name="澜溪县法治建设领导小组办公室", category="其他"))
    assert BodyIndex(ledger, "澜溪县").find(called) is None


def test_who_stays_and_who_heads_a_unit_already_is_told_before(ledger: Ledger) -> None:
    with ledger.action("登记") as action:
        unit = action.add(Unit(name="县公安局", category="政府"))
        head = action.add(Person(name="邱晓燕"))
        action.add(Appointment(person=head.id, unit=unit.id, title="局长", post="主要负责人"))
        body = action.add(Body(name=KNOWN, category="协调小组"))
        action.add(Seat(body=body.id, role="成员", person=head.id))
    text = f"关于调整{KNOWN}组成人员的通知\n组　长：潘海波　县公安局局长\n成　员：李　明　县公安局副局长\n"
    review = Review(ledger, extract(text))
    assert review.item(1).state == "doubtful"
    told = review.item(1).outcome.remarks
    assert told[1] == "县公安局的主要负责人现在是邱晓燕，潘海波（局长）也会登记；已离任的到“名册”里结束任职"
    assert told[0].startswith("文中没有原来的邱晓燕，没有移出")


def test_nothing_to_write_is_said_and_written_nowhere(ledger: Ledger) -> None:
    review = Review(ledger, extract(texts.POSTS))
    (summary,) = [item for item in review.items if item.title.endswith("工作总结")]
    review.accept(summary.number)
    with pytest.raises(ClerkError, match="先采用“澜溪县法治建设领导小组”"):
        review.write()
    assert ledger.history() == []


def test_a_proposal_that_cannot_be_written_says_why(ledger: Ledger, review: Review) -> None:
    body, duty = review.item(1).proposal, review.item(3).proposal
    assert isinstance(body, BodyProposal)
    assert isinstance(duty, DutyProposal)
    review.edit(1, dataclasses.replace(body, name=""))
    review.edit(3, dataclasses.replace(duty, per=""))
    for number in (1, 3):
        assert review.accept(number) is False
        assert review.item(number).state == "doubtful"
    assert "机构名称" in review.item(1).doubt
    assert "周期" in review.item(3).doubt


def test_what_was_not_understood_waits_for_the_clerk(ledger: Ledger) -> None:
    review = Review(ledger, extract(f"{TEXT}县司法局应当定期通报办案情况。"))
    item = review.item(5)
    assert (item.unread, item.state) == (True, "doubtful")
    assert review.summary(item).startswith("没有读懂的一句")
    assert (review.accept_reliable(), review.accept(5)) == (4, False)
    duty = item.proposal
    assert isinstance(duty, DutyProposal)
    review.edit(5, dataclasses.replace(duty, per="quarter"))
    assert review.accept(5) is True
    assert Review.from_draft(ledger, review.to_draft()).items == review.items
    review.write()
    assert "定期通报" in ledger.find(Clause)[-1].quotation


def test_a_text_with_posts_that_have_no_unit_is_known_the_second_time(ledger: Ledger) -> None:
    review = Review(ledger, extract(texts.POSTS))
    for item in review.items:
        review.accept(item.number)
    review.write()
    again = Review(ledger, extract(texts.POSTS))
    assert [item.state for item in again.items if not item.unread] == ["known"] * 4


@pytest.mark.parametrize("who", ["联席会议成员单位", "澜溪县执法监督联席会议各成员单位"])
def test_whose_members_owe_a_duty_can_be_said(ledger: Ledger, who: str) -> None:
    review = Review(ledger, extract(f"{texts.POSTS}三、要求\n各成员单位每季度报送工作动态。\n"))
    item = review.items[-1]
    assert (review.accept(item.number), item.outcome.field) == (False, "who")
    assert isinstance(item.proposal, DutyProposal)
    review.edit(item.number, dataclasses.replace(item.proposal, who=who))
    for one in review.items:
        review.accept(one.number)
    review.write()
    clause = ledger.find(Clause)[-1]
    assert (clause.owed_by, ledger.name_of("body", clause.body)) == ("每个成员单位", "澜溪县执法监督联席会议")


def test_a_duty_never_goes_to_another_body_than_its_own(ledger: Ledger) -> None:
    review = Review(ledger, extract(texts.POSTS))
    (summary,) = [item for item in review.items if item.title.endswith("工作总结")]
    (council,) = [item for item in review.items if item.title.endswith("联席会议")]
    review.accept(summary.number)
    review.accept(council.number)
    done = review.write()
    assert done.remarks == ("先采用“澜溪县法治建设领导小组”，再登记“向领导小组办公室报送工作总结”",)
    assert ledger.find(Clause) == []
    review.renew()
    assert review.item(summary.number).state == "accepted"


def test_decisions_survive_as_a_draft(ledger: Ledger, review: Review) -> None:
    body = review.item(1).proposal
    assert isinstance(body, BodyProposal)
    review.edit(1, dataclasses.replace(body, duties=("统筹协调", "督促检查")))
    review.edit_head(
        title="关于调整的通知", number="澜法〔2026〕8号", issued_by="澜溪县委", on=date(2026, 9, 1)
    )
    review.accept(1)
    review.refuse(2)
    review.mean_unit("县审计局", "")
    back = Review.from_draft(ledger, review.to_draft())
    assert back.items == review.items
    assert (back.on, back.proposals) == (date(2026, 9, 1), review.proposals)


@pytest.mark.parametrize("decided", ["", "[]", "{}", '{"head": 1}'])
def test_a_damaged_draft_still_gives_its_text(ledger: Ledger, decided: str) -> None:
    back = Review.from_draft(ledger, {"text": TEXT, "decided": decided})
    assert [item.state for item in back.items] == ["open"] * 4
