"""The fields of one proposal: a body, a standing duty, or the document itself."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import cast, get_args

from PySide6.QtWidgets import QLineEdit, QWidget

from models.documents.extract.body_words import post_kind
from models.documents.proposals import (
    Answer,
    BodyKind,
    BodyProposal,
    DutyProposal,
    Period,
    PersonProposal,
    PostKind,
    PostRule,
    Span,
)
from models.intake.review import Review
from models.records.organisation import BODY_CATEGORIES, POSTS, ROLES
from models.records.values import BadValue, parse_day, parse_month_day, show_day, show_month_day
from ui import look
from ui.pages.intake.rows_editor import MembersEditor, RowsEditor
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.date_field import DateField
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import ComboBox, TextArea
from ui.widgets.label import Label
from ui.widgets.layout import column, holder, row

NOWHERE = Span(0, 0)
_PERIODS: dict[str, str] = {
    "": "未说明", "year": "年", "half-year": "半年", "quarter": "季度", "month": "月", "2-years": "两年",
    "3-years": "三年", "5-years": "五年", "once": "一次", "half-month": "半月", "week": "周",
    "2-months": "两个月", "4-years": "四年", "each": "每次会议后",
}  # fmt: skip
_ANSWERS: dict[str, str] = {
    "meeting": "会议", "submission": "报送", "study": "学法", "minutes": "纪要印发", "inspection": "检查", "other": "其他",
}  # fmt: skip
_DAYS = ("自然日", "工作日")
assert set(_PERIODS) - {""} == set(get_args(Period))
assert set(_ANSWERS) == set(get_args(Answer))


class BadEntry(Exception):
    """Something typed cannot be read; it has been told beside its field."""


class BodyEditor(QWidget):
    """A body: name, kind, host, who heads it, who belongs to it, member units, people, duties."""

    def __init__(self, session: Session, review: Review, proposal: BodyProposal) -> None:
        super().__init__()
        self._proposal = proposal
        self._name = FieldRow("机构名称", QLineEdit(proposal.name), required=True)
        self._kind = FieldRow("机构类别", _combo(BODY_CATEGORIES, proposal.kind))
        self._seat = FieldRow("设在", QLineEdit(proposal.seat), hint="办公室设在哪个单位")
        self._lead = FieldRow("牵头单位", QLineEdit(proposal.lead_unit))
        self._head = _PostFields("负责人", proposal.head_post, with_unit=True)
        self._everyone = _PostFields("成员", proposal.member_post, with_unit=False)
        self.members = MembersEditor(session.ledger, review.match)
        self.members.put([(name, "") for name in proposal.members])
        self._people = RowsEditor("人员", ("组内职务", "姓名", "单位和职务"), "人")
        self._people.put([(person.role, person.name, person.post) for person in proposal.people])
        self._seats = RowsEditor("席位", ("组内职务", "单位", "岗位"), "席")
        self._seats.put([(rule.role, rule.unit, rule.post_kind) for rule in proposal.seats])
        self._duties = TextArea()
        self._duties.setPlainText("\n".join(proposal.duties))
        self._duties.setFixedHeight(look.px(110))
        lines = column(
            self._name, _pair(self._kind, self._seat), self._lead, self._head, self._everyone,
            Label("成员单位", "section"), self.members, Label("列名的人员", "section"), self._people,
            Label("按岗位定的席位", "section"), self._seats, FieldRow("主要职责", self._duties, hint="一行一条"), spacing=9,
        )  # fmt: skip
        self.setLayout(lines)

    def focus_first(self) -> None:
        self._name.field.setFocus()

    def line_of(self, field: str) -> FieldRow | None:
        """Return the row that shows *field* of the proposal, None when none does."""
        return self._name if field == "name" else None

    def read(self) -> BodyProposal:
        if not _text(self._name):
            self._name.show_problem("机构名称没有填")
            self._name.field.setFocus()
            raise BadEntry
        return dataclasses.replace(
            self._proposal,
            name=_text(self._name),
            kind=cast(BodyKind, cast(ComboBox, self._kind.field).currentText()),
            seat=_text(self._seat),
            lead_unit=_text(self._lead),
            members=self.members.names(),
            head_post=self._head.read(self._proposal.head_post),
            member_post=self._everyone.read(self._proposal.member_post),
            seats=tuple(self._rule(*values) for values in self._seats.read() if values[1]),
            people=tuple(self._person(*values) for values in self._people.read()),
            duties=tuple(filter(None, map(str.strip, self._duties.toPlainText().splitlines()))),
        )

    def _rule(self, role: str, unit: str, post: str) -> PostRule:
        same = [rule.span for rule in self._proposal.seats if rule.unit == unit]
        return PostRule(unit, post_kind(post), role or "成员", same[0] if same else NOWHERE)

    def _person(self, role: str, name: str, post: str) -> PersonProposal:
        known = [person for person in self._proposal.people if person.name == name]
        span = known[0].span if known else NOWHERE
        return PersonProposal(name, role or "成员", post, span, known[0].review if known else "")


class _PostFields(QWidget):
    """A seat given by post: [unit] [主要负责人] 任 [办公室主任]."""

    def __init__(self, label: str, rule: PostRule | None, *, with_unit: bool) -> None:
        super().__init__()
        self._unit = QLineEdit(rule.unit if rule else "")
        self._unit.setAccessibleName(f"{label}所在单位")
        self._unit.setPlaceholderText("单位")
        if not with_unit:
            self._unit.hide()
        self._post = _combo(
            ("不按岗位定", *POSTS, "负责人", "其他"), rule.post_kind if rule else "不按岗位定"
        )
        self._role = _combo(ROLES, rule.role if rule else ("办公室主任" if with_unit else "成员"))
        self._role.setAccessibleName(f"{label}组内职务")
        line = row(self._unit, self._post, Label("任", "secondary"), self._role, spacing=6)
        for position in (0, 1, 3):
            line.setStretch(position, 1)
        inner = QWidget()
        inner.setLayout(line)
        whole = FieldRow(label, inner)
        self._post.setAccessibleName(f"{label}岗位")
        self.setLayout(column(whole))
        self._with_unit = with_unit

    def read(self, before: PostRule | None) -> PostRule | None:
        unit, post = self._unit.text().strip(), self._post.currentText()
        if post == "不按岗位定" or (self._with_unit and not unit):
            return None
        span = before.span if before else NOWHERE
        return PostRule(unit, cast(PostKind, post), self._role.currentText(), span)


class DutyEditor(QWidget):
    """A standing duty: who does what by which register how often or by when."""

    def __init__(self, proposal: DutyProposal) -> None:
        super().__init__()
        self._proposal = proposal
        self._what = FieldRow("做什么", QLineEdit(proposal.what), required=True)
        self._who = FieldRow(
            "谁来办",
            QLineEdit(proposal.who),
            hint="如 各协调小组、各成员单位；写“各…小组”的，每个分支机构各办一次",
        )
        self._answers = FieldRow("类别", _combo(tuple(_ANSWERS.values()), _ANSWERS[proposal.answers]))
        self._per = FieldRow("周期", _combo(tuple(_PERIODS.values()), _PERIODS[proposal.per]))
        self._times = FieldRow("次数", QLineEdit(_number(proposal.times)), hint="每个周期至少几次")
        self._threshold = FieldRow(
            "数量要求", QLineEdit(proposal.threshold), hint="学法填学时、天或人次，如 40学时"
        )
        self._deadline = FieldRow(
            "期限", QLineEdit(show_month_day(proposal.deadline)), hint="每年的月日，如 11月15日"
        )
        self._within = FieldRow("几天内", QLineEdit(_number(proposal.within_days)), hint="会后几天内印发纪要")
        self._days = FieldRow("按什么计", _combo(_DAYS, _DAYS[proposal.workdays]))
        self._each = _pair(self._within, self._days)
        self._counted = holder(column(_pair(self._times, self._deadline), self._threshold, spacing=9))
        self._per_choice = cast(ComboBox, self._per.field)
        self._per_choice.currentTextChanged.connect(self._show_asked)
        self.setLayout(
            column(
                self._what, self._who, _pair(self._answers, self._per), self._counted, self._each, spacing=9
            )
        )  # fmt: skip
        self._show_asked(self._per_choice.currentText())

    def focus_first(self) -> None:
        self._what.field.setFocus()

    def line_of(self, field: str) -> FieldRow | None:
        """Return the row that shows *field* of the proposal, None when none does."""
        lines = {
            "what": self._what, "who": self._who, "answers": self._answers, "per": self._per,
            "threshold": self._threshold, "within_days": self._within, "times": self._times,
        }  # fmt: skip
        return lines.get(field)

    def _show_asked(self, per: str) -> None:
        """Ask for days after each meeting, or for how much in a period."""
        each = per == _PERIODS["each"]
        self._each.setVisible(each)
        self._counted.setVisible(not each)

    def read(self) -> DutyProposal:
        times, deadline = _text(self._times), _read_deadline(_text(self._deadline))
        within = _text(self._within)
        problems = {
            self._what: "" if _text(self._what) else "要求没有填",
            self._within: "" if not within or within.isdecimal() else "几天内应为整数，当天填 0",
            self._times: ""
            if not times or (times.isdecimal() and int(times) > 0)
            else "次数应为 1 以上的整数",
            self._deadline: "" if deadline is not None else "期限应为月日，如 11月15日",
        }
        for line, problem in problems.items():
            line.show_problem(problem)
        if wrong := [line for line, problem in problems.items() if problem]:
            wrong[0].field.setFocus()
            raise BadEntry
        per = {shown: code for code, shown in _PERIODS.items()}[cast(ComboBox, self._per.field).currentText()]
        answers = {shown: code for code, shown in _ANSWERS.items()}
        return dataclasses.replace(
            self._proposal,
            what=_text(self._what),
            who=_text(self._who),
            answers=cast(Answer, answers[cast(ComboBox, self._answers.field).currentText()]),
            per=cast(Period, per),
            times=int(times) if times else None,
            deadline=deadline or "",
            threshold=_text(self._threshold),
            within_days=int(within) if within else None,
            workdays=cast(ComboBox, self._days.field).currentText() == _DAYS[True],
        )


class DocumentEditor(QWidget):
    """How the document is cited as the basis, and the day from which what is written is in force."""

    def __init__(self, review: Review) -> None:
        super().__init__()
        head = review.proposals
        self._title = FieldRow("文件标题", QLineEdit(head.title))
        self._number = FieldRow("文号", QLineEdit(head.number))
        self._issuer = FieldRow("发文机关", QLineEdit(head.issued_by))
        day = DateField(parse_day, show_day)
        day.set_date(review.on)
        self._on = FieldRow("生效日期", day, required=True, hint="机构、成员单位和条款从这一天起有效")
        self.setLayout(column(self._title, _pair(self._number, self._on), self._issuer, spacing=9))

    def focus_first(self) -> None:
        self._title.field.setFocus()

    def line_of(self, _field: str) -> FieldRow | None:
        """Return None: no proposal is shown here."""
        return None

    def write_to(self, review: Review) -> None:
        """Put what was typed into *review*; raises BadEntry."""
        try:
            day: date | None = cast(DateField, self._on.field).read()
        except BadValue as error:
            problem = str(error)
        else:
            problem = "" if day else "生效日期没有填"
        self._on.show_problem(problem)
        if problem:
            self._on.field.setFocus()
            raise BadEntry
        assert day is not None
        review.edit_head(
            title=_text(self._title), number=_text(self._number), issued_by=_text(self._issuer), on=day
        )


class Foot(QWidget):
    """The foot of an editor: what stands in the way, put away unchanged, and *keep*."""

    def __init__(self, keep: str) -> None:
        super().__init__()
        self.said = Label("", "error", wrap=True)
        self.away, self.kept = Button("不改了", small=True), Button(keep, "accent", "check", small=True)
        line = row(self.said, self.away, self.kept, spacing=8)
        line.setStretch(0, 1)
        self.setLayout(line)


def _pair(left: FieldRow, right: FieldRow) -> QWidget:
    made = QWidget()
    line = row(left, right, spacing=12)
    line.setStretch(0, 1)
    line.setStretch(1, 1)
    made.setLayout(line)
    return made


def _combo(options: tuple[str, ...], current: str) -> ComboBox:
    made = ComboBox()
    made.addItems([*options, *([current] if current and current not in options else [])])
    made.setCurrentText(current)
    return made


def _text(line: FieldRow) -> str:
    return cast(QLineEdit, line.field).text().strip()


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _read_deadline(typed: str) -> str | None:
    """Return MM-DD for a month and day as typed, "" for nothing, None for anything else."""
    if not typed:
        return ""
    try:
        return parse_month_day(typed)
    except BadValue:
        return None
