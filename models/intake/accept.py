"""Write what a text proposes (models/documents) into the ledger: bodies, seats, members, clauses.

One action with one undo. What is on record already is completed, never doubled: accepting a text twice
changes nothing the second time.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from models.documents.extract.posts import seats_by_post
from models.documents.proposals import BodyProposal, DutyProposal, PersonProposal, PostRule, Proposals
from models.errors import ClerkError, InvalidRecord, Problem
from models.intake.bodies import BodyIndex
from models.intake.clauses import clauses_of, quoted
from models.intake.units import UnitIndex, area_in, category_of, level_of, plain
from models.records.base import R
from models.records.organisation import (
    BODY_CATEGORIES,
    POSTS,
    Appointment,
    Body,
    Membership,
    Person,
    Seat,
    Unit,
)  # fmt: skip
from models.records.rules import Clause
from models.records.values import show_day
from models.rules.posts import post_told_by
from models.settings import load_settings
from models.store.action import Action
from models.store.ledger import Ledger

_SHORT = ("领导小组", "联席会议", "委员会", "指挥部", "协调小组", "工作组", "专班")
"""What a text calls its own body for short."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the clerk decided beyond editing the proposals themselves.

    *units*: for a unit's name as written, the id of the unit it means, or "" to enter it as a new one.
    *main_body*: the id of the body above those set up; default the office's own from the settings.
    *bodies*: the names of all bodies of the text, also those not written now; default those that are.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    main_body: str = ""
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written: ids of new records by kind; how many existing units were recognised, how many bodies on
    record were completed; remarks."""

    ids: Mapping[str, tuple[str, ...]]
    units_recognised: int
    remarks: tuple[str, ...] = ()
    completed: int = 0

    def count(self, kind: str) -> int:
        """Return how many records of *kind* are new."""
        return len(self.ids.get(kind, ()))

    def sentence(self) -> str:
        """Return the result as a clerk reads it."""
        words = (
            ("body", "机构 {} 个"), ("unit", "单位 {} 家"), ("membership", "成员单位 {} 家次"), ("seat", "组内职务 {} 席"),
            ("person", "人员 {} 人"), ("appointment", "任职 {} 条"), ("clause", "制度条款 {} 条"),
        )  # fmt: skip
        new = "、".join(word.format(self.count(kind)) for kind, word in words if self.count(kind))
        done = [f"登记{new}"] if new else []
        done += [f"补全已有机构 {self.completed} 个"] if self.completed else []
        done += [f"识别出已有单位 {self.units_recognised} 家"] if done and self.units_recognised else []
        return f"{'；'.join(done) or '没有新内容：文中的机构和条款都已登记'}。"


def accept(ledger: Ledger, proposals: Proposals, *, on: date, decisions: Decisions | None = None) -> Accepted:
    """Write every body and duty of *proposals*, in force from *on*. Raises InvalidRecord; then nothing is.

    Refused proposals are left out of *proposals* by the caller, edited ones replaced.
    """
    with ledger.action(_sentence(proposals)) as action:
        work = _Acceptance(ledger, action, proposals, on, decisions or Decisions())
        for position, body in enumerate(proposals.bodies, start=1):
            work.body(body, position)
        for duty in proposals.duties:
            work.duty(duty)
        return work.result()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What writing one body or duty would do: new records by kind, and how many it completes.

    *remarks* say what is left out and why; *error* why it cannot be written as it stands; *field* is the
    field of the proposal that the first of these is about, "" for none. *known* is the body on record that it is.
    """

    new: Mapping[str, int] = field(default_factory=dict)
    completed: int = 0
    remarks: tuple[str, ...] = ()
    error: str = ""
    field: str = ""
    known: str = ""


class _RolledBack(Exception):
    """Ends a rehearsal."""


def rehearse(
    ledger: Ledger, proposals: Proposals, *, on: date, decisions: Decisions | None = None
) -> tuple[Outcome, ...]:
    """Tell what :func:`accept` would do for each body, then each duty, by doing it and rolling it back."""
    told: list[Outcome] = []
    try:
        with ledger.action("核对") as action:
            work = _Acceptance(ledger, action, proposals, on, decisions or Decisions())
            for position, body in enumerate(proposals.bodies, start=1):
                told.append(work.told(partial(work.body, body, position)))
            told += [work.told(partial(work.duty, duty)) for duty in proposals.duties]
            raise _RolledBack
    except _RolledBack:
        return tuple(told)


def _sentence(proposals: Proposals) -> str:
    names = [body.name for body in proposals.bodies]
    if not names:
        return f"从文件登记制度条款 {len(proposals.duties)} 条"
    return f"从文件登记机构「{names[0]}」" + (f"等 {len(names)} 个" if len(names) > 1 else "")


def basis_of(proposals: Proposals) -> str:
    """Return how the basis document is cited: 《title》（number）, else issuer and date."""
    title = f"《{proposals.title.strip('《》')}》" if proposals.title else ""
    if title or proposals.number:
        return f"{title}（{proposals.number}）" if title and proposals.number else title or proposals.number
    day = show_day(proposals.issued_on)
    return f"{proposals.issued_by}{day}文件" if proposals.issued_by or day else ""


class _Acceptance:
    """One text being written; a record is looked for before it is made."""

    def __init__(
        self, ledger: Ledger, action: Action, proposals: Proposals, on: date, decisions: Decisions
    ) -> None:
        settings = load_settings(ledger)
        self._ledger, self._action, self._proposals, self._on = ledger, action, proposals, on
        self._decisions = decisions
        self._area = settings.area_name or next(
            (area for name in _named(proposals) if (area := area_in(name))), ""
        )
        self._units = UnitIndex(ledger, self._area, on)
        self._basis = basis_of(proposals)
        self._parent = decisions.main_body or settings.main_body
        self._bodies = BodyIndex(ledger, self._area)
        self._people = {plain(person.name): person for person in ledger.find(Person)}
        self._new: dict[str, list[str]] = {}
        self._entered: dict[str, str] = {}
        self._recognised: set[str] = set()
        self._remarks: list[Problem] = []
        self._known = ""

    def result(self) -> Accepted:
        return Accepted(
            {kind: tuple(ids) for kind, ids in self._new.items()},
            len(self._recognised),
            tuple(remark.message for remark in self._remarks),
            len({change.record_id for change in self._action.changes if change.operation == "change"}),
        )

    def told(self, write: Callable[[], None]) -> Outcome:
        """Write one proposal and tell what that did."""
        changes, remarks = len(self._action.changes), len(self._remarks)
        error = self._known = ""
        told: list[Problem] = []
        try:
            write()
        except ClerkError as problem:
            error = str(problem)
            told = list(problem.problems) if isinstance(problem, InvalidRecord) else []
        told += self._remarks[remarks:]
        made = self._action.changes[changes:]
        new = Counter(change.kind for change in made if change.operation == "add")
        completed = sum(change.operation == "change" for change in made)
        said = tuple(remark.message for remark in self._remarks[remarks:])
        field_told = told[0].field if told else ""
        return Outcome(dict(new), completed, said, error, field_told, self._known)

    # One body --------------------------------------------------------------------------------

    def body(self, proposal: BodyProposal, position: int) -> None:
        """Write a body with its members in order and its seats by post and by name."""
        host = self._unit(proposal.seat.split("、")[0] or proposal.lead_unit)
        lead = self._unit(proposal.lead_unit) or host
        body = self._body(proposal, position, host)
        members = [unit for name in proposal.members if (unit := self._unit(name))]
        if lead and proposal.lead_unit and lead.id not in {unit.id for unit in members}:
            members.insert(0, lead)
        for number, unit in enumerate(members, start=1):
            self._membership(body, unit, number, lead=bool(lead and unit.id == lead.id))
        for person in proposal.people:
            self._person_seat(body, person)
        self._post_seats(body, proposal, members)

    def _body(self, proposal: BodyProposal, position: int, host: Unit | None) -> Body:
        known = self._bodies.find(proposal.name)
        duties = "\n".join(duty.strip() for duty in proposal.duties)
        if known:
            self._known = known.name
            self._tell_who_stays(known, proposal)
            completed = dataclasses.replace(
                known,
                host_unit=known.host_unit or (host.id if host else ""),
                duties=known.duties or duties,
                basis=known.basis or self._basis,
            )
            return self._action.change(completed)
        body = self._add(
            Body(
                name=proposal.name,
                category=proposal.kind if proposal.kind in BODY_CATEGORIES else "其他",
                parent=self._parent,
                host_unit=host.id if host else "",
                basis=self._basis,
                duties=duties,
                position=len(self._bodies) + 1,
                valid_from=self._on,
            )
        )
        self._bodies.add(body)
        return body

    def _tell_who_stays(self, known: Body, proposal: BodyProposal) -> None:
        """Say who of the body is not in the text: a text that changes a roster does not always tell who leaves."""
        named = {plain(person.name) for person in proposal.people}
        seats = self._ledger.in_force(Seat, self._on, "body = ? AND person IS NOT NULL", (known.id,))
        names = [self._ledger.name_of("person", seat.person) for seat in seats] if named else []
        if left := [name for name in names if plain(name) not in named]:
            who = "、".join(left[:3]) + (f"等 {len(left)} 人" if len(left) > 3 else "")
            self._remark("people", f"文中没有原来的{who}，没有移出；不再担任的到“名册”里结束组内职务")

    def _membership(self, body: Body, unit: Unit, position: int, *, lead: bool) -> None:
        day = self._on.isoformat()
        known = self._ledger.find(
            Membership,
            "body = ? AND unit = ? AND coalesce(valid_until, '9999') >= ?",
            (body.id, unit.id, day),
        )
        if not known:
            self._add(
                Membership(body=body.id, unit=unit.id, position=position, lead=lead, valid_from=self._on)
            )

    # Seats -----------------------------------------------------------------------------------

    def _post_seats(self, body: Body, proposal: BodyProposal, members: Iterable[Unit]) -> None:
        """Write the seats given by post; a post that heads the body is not its plain member too."""
        head, everyone = proposal.head_post, proposal.member_post
        for rule in proposal.seats:
            if unit := self._unit(rule.unit):
                self._seat(body, Seat(role=rule.role, unit=unit.id, post=_post_of(rule)))
        taken: set[tuple[str, str]] = set()
        if head and (unit := self._unit(head.unit)):
            taken.add((unit.id, _post_of(head)))
            self._seat(body, Seat(role=head.role, unit=unit.id, post=_post_of(head)))
        if everyone:
            for unit in members:
                if (unit.id, _post_of(everyone)) not in taken:
                    self._seat(body, Seat(role=everyone.role, unit=unit.id, post=_post_of(everyone)))

    def _person_seat(self, body: Body, proposal: PersonProposal) -> None:
        person = self._person(proposal.name)
        unit = self._appointment(person, proposal.post) if proposal.post else None
        self._seat(body, Seat(role=proposal.role, person=person.id, unit=unit.id if unit else ""))

    def _seat(self, body: Body, seat: Seat) -> None:
        seats = self._ledger.find(Seat, "body = ?", (body.id,))
        wanted = (seat.role, seat.person, seat.unit, seat.post)
        if any((known.role, known.person, known.unit, known.post) == wanted for known in seats):
            return
        self._add(dataclasses.replace(seat, body=body.id, position=len(seats) + 1, valid_from=self._on))

    def _person(self, name: str) -> Person:
        known = self._people.get(plain(name))
        if known is None:
            known = self._people[plain(name)] = self._add(Person(name=name))
        return known

    def _appointment(self, person: Person, post: str) -> Unit | None:
        """Write 「县司法局局长」 as a post in that unit, entered now when the post names it alone."""
        unit, title = self._place(post) or self._new_place(post) or (None, "")
        if unit is None:
            self._remark("people", f"{person.name}的职务“{post}”没有对应的单位，请在任职里补填")
            return None
        known = self._ledger.find(
            Appointment, "person = ? AND unit = ? AND title = ?", (person.id, unit.id, title)
        )
        if not known:
            kind = post_told_by(title, f"{unit.name} {unit.short_name}") or "班子成员"
            self._tell_of_holder(person, unit, title, kind)
            self._add(
                Appointment(
                    person=person.id, unit=unit.id, title=title, post=kind, position=1, valid_from=self._on
                )
            )
        return unit

    def _tell_of_holder(self, person: Person, unit: Unit, title: str, kind: str) -> None:
        """Say who heads the unit until now: two heads are one too many."""
        held = self._ledger.in_force(Appointment, self._on, "unit = ? AND post = ?", (unit.id, kind))
        if kind == POSTS[0] and held:
            who = "、".join(self._ledger.name_of("person", post.person) for post in held)
            self._remark(
                "people",
                f"{unit.name}的{kind}现在是{who}，{person.name}（{title}）也会登记；已离任的到“名册”里结束任职",
            )

    def _place(self, post: str) -> tuple[Unit, str] | None:
        """Return the unit on record that a post begins with, and the title in it; of several posts the last."""
        for words in (post, post.rpartition("、")[2]):
            for cut in range(len(words) - 1, 2, -1):
                unit = self._units.find(words[:cut])
                if unit and unit.name.endswith(words[cut - 1]):
                    return unit, words[cut:]
        return None

    def _new_place(self, post: str) -> tuple[Unit, str] | None:
        """Return the unit that a post names beyond doubt 「县财政局」「局长」, on record or not."""
        seats, _ = seats_by_post(post.rpartition("、")[2])
        unit = self._unit(seats[0].unit) if len(seats) == 1 else None
        return (unit, post.rpartition("、")[2].removeprefix(seats[0].unit)) if unit else None

    # Units and duties ------------------------------------------------------------------------

    def _unit(self, name: str) -> Unit | None:
        """Return the unit of this name, entered now when it is on record under none; None for ""."""
        if not name:
            return None
        chosen = self._entered.get(plain(name)) or self._decisions.units.get(name)
        unit = self._ledger.get(Unit, chosen) if chosen else None
        if unit is None and chosen is None:
            unit = self._units.find(name)
        if unit:
            if unit.id not in self._new.get("unit", ()):
                self._recognised.add(unit.id)
            return unit
        made = self._add(Unit(name=name, category=category_of(name), level=level_of(name, self._area)))
        self._entered[plain(name)] = made.id
        self._units.add(made)
        return made

    def duty(self, proposal: DutyProposal) -> None:
        """Write a standing duty as its clauses, once for the same basis."""
        draft = clauses_of(proposal, self._proposals, basis=self._basis)
        if draft.why_not:
            self._remarks.append(draft.why_not)
        owner = self._owner(proposal)
        body = self._bodies.find(owner) if owner else None
        if owner and body is None:
            self._remark("who", f"先采用“{owner}”，再登记“{proposal.what}”")
            return
        for clause in draft.clauses:
            if clause.owed_by == "每个成员单位" and body is None:
                self._remark(
                    "who", f"“{clause.name}”没有写明是哪个机构的成员单位：写明谁来办，如 联席会议成员单位"
                )
                continue
            placed = dataclasses.replace(
                clause, body=body.id if body else "", position=len(self._ledger.find(Clause)) + 1,
                valid_from=self._on,
            )  # fmt: skip
            if not self._ledger.find(Clause, "name = ? AND basis = ?", (placed.name, placed.basis)):
                self._add(placed)

    def _owner(self, duty: DutyProposal) -> str:
        """Name the body that owes a duty or whose members do: named there, in its sentence, or the only one."""
        bodies = self._decisions.bodies or tuple(body.name for body in self._proposals.bodies)
        who = duty.who
        members = "成员单位" in who
        name = plain(re.sub("各?成员单位$", "", who))
        named = [body for body in bodies if name and plain(body).endswith(name)]
        if not named and members:
            sentence = quoted(self._proposals, duty)
            called = [kind for kind in _SHORT if kind in sentence]
            named = [body for body in bodies if body.endswith(tuple(called))]
            named = named if len(named) == 1 else []
        if named:
            return named[0]
        if len(bodies) != 1 or (who.startswith("各") and not members):
            return ""
        return bodies[0] if members or self._bodies.find(bodies[0]) else ""

    def _remark(self, field: str, sentence: str) -> None:
        self._remarks.append(Problem(field, sentence, "warning"))

    def _add(self, record: R) -> R:
        made = self._action.add(record)
        self._new.setdefault(made.KIND.id, []).append(made.id)
        return made


def _post_of(rule: PostRule) -> str:
    """Return the post kind of the register for the one in the text; 「负责同志」 leaves it open: a leader."""
    return rule.post_kind if rule.post_kind in POSTS else "班子成员"


def _named(proposals: Proposals) -> Iterable[str]:
    return (proposals.issued_by, *(body.name for body in proposals.bodies))
