"""What reading an official document proposes: bodies, standing duties, tasks, check items.

Proposals are suggestions to a clerk, who edits, accepts or refuses each. They are frozen, know where
in the source text they come from (:class:`Span`, offsets into the text as given, never altered) and
carry in *review* one Chinese sentence when the reader is unsure, else "".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

BodyKind = Literal["领导小组", "委员会", "办公室", "协调指导办公室", "工作组", "协调小组", "联席会议", "其他"]
PostKind = Literal["主要负责人", "分管负责人", "负责人", "联络员", "其他"]
Period = Literal[
    "year", "half-year", "quarter", "month", "half-month", "week",
    "2-months", "2-years", "3-years", "4-years", "5-years", "once", "each",
]  # fmt: skip
Answer = Literal["meeting", "submission", "study", "minutes", "inspection", "other"]
"""What record answers a duty: a meeting, something handed in, study, minutes, an inspection, or something else."""


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range [start, end) of character offsets into the source text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the quotation this span marks in *text*."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class PostRule:
    """A seat given by post, not by name: 「市政府法制办主要负责同志担任办公室主任」.

    *unit* is "" when the rule holds for every member unit (「各成员单位分管负责同志为成员」).
    """

    unit: str
    post_kind: PostKind
    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class PersonProposal:
    """A named person in a body: 「组长：王某（副县长）」; *post* is what is printed beside the name."""

    name: str
    role: str
    post: str
    span: Span
    review: str = ""


@dataclass(frozen=True, slots=True)
class BodyProposal:
    """A body (议事协调机构) the text sets up, adjusts or describes by composition or seat.

    *members* are unit names in printed order, without the lead unit unless printed among them; *duties*
    are its 主要职责, split at ；. *seats* are those given by post besides *head_post* and *member_post*.
    """

    name: str
    kind: BodyKind
    span: Span
    seat: str = ""
    lead_unit: str = ""
    members: tuple[str, ...] = ()
    head_post: PostRule | None = None
    member_post: PostRule | None = None
    people: tuple[PersonProposal, ...] = ()
    duties: tuple[str, ...] = ()
    review: str = ""
    seats: tuple[PostRule, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyProposal:
    """A standing duty: *who* does *what* how often.

    *times* per *per*; *deadline* is ``MM-DD`` or "" (only a yearly date with a fixed month); *threshold*
    is a quantity in words (「40学时」). *per* is "" when the rhythm is unknown, "each" for what is due within
    *within_days* (*workdays*) of each event, a meeting. *rhythm* tells regular duties (定期) from those held as needed (临时); *occasional* is true when the text also allows 临时召开.
    """

    who: str
    what: str
    frequency_text: str
    span: Span
    times: int | None = None
    per: Period | Literal[""] = ""
    deadline: str = ""
    threshold: str = ""
    answers: Answer = "other"
    rhythm: Literal["定期", "临时"] = "定期"
    occasional: bool = False
    within_days: int | None = None
    workdays: bool = False
    review: str = ""


@dataclass(frozen=True, slots=True)
class TaskProposal:
    """A numbered item that names who does it; *section* is where numbering restarts (「二（一）」)."""

    number: str
    title: str
    span: Span
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    deadline: str = ""
    section: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True)
class CheckItemProposal:
    """One point of a list of things to be checked (「是否…」), without its number."""

    text: str
    span: Span
    review: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything read from one text; *number* is the 发文字号, *issued_by* and *issued_on* the sign-off.

    *unread* are parts that name members or look like a standing duty and were not understood: the sentence is
    what is to be done. *notes* are Chinese sentences about the text as a whole (a broken sequence of numbers, …).
    """

    text: str
    title: str = ""
    number: str = ""
    issued_by: str = ""
    issued_on: date | None = None
    bodies: tuple[BodyProposal, ...] = ()
    duties: tuple[DutyProposal, ...] = ()
    unread: tuple[DutyProposal, ...] = ()
    tasks: tuple[TaskProposal, ...] = ()
    check_items: tuple[CheckItemProposal, ...] = ()
    notes: tuple[str, ...] = ()
