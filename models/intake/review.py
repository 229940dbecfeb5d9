"""The review of what a text proposes: each proposal edited, accepted or refused, then all written as one deed.

Nothing is written before :meth:`Review.write`. What each proposal would do is found by a rehearsal that is
rolled back, so that the review says exactly what the deed will do.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from models import clock
from models.documents.extract import extract
from models.documents.proposals import BodyProposal, DutyProposal, PersonProposal, PostRule, Proposals, Span
from models.errors import ClerkError
from models.intake.accept import Accepted, Decisions, Outcome, accept, rehearse
from models.intake.clauses import clauses_of
from models.intake.units import UnitIndex, area_in
from models.records.organisation import Unit
from models.settings import load_settings
from models.store.ledger import Ledger

Proposal = BodyProposal | DutyProposal
State = Literal["open", "doubtful", "accepted", "refused", "known"]


NOTHING = Outcome()


@dataclass(frozen=True, slots=True)
class Item:
    """One proposal under review; *number* is its place in the text, *original* what was read there."""

    number: int
    original: Proposal
    proposal: Proposal
    decision: Literal["", "accepted", "refused"] = ""
    outcome: Outcome = NOTHING
    unread: bool = False
    """Whether the reader only quotes what it did not understand."""

    @property
    def title(self) -> str:
        """The proposal in a few words."""
        return self.proposal.name if isinstance(self.proposal, BodyProposal) else self.proposal.what

    @property
    def edited(self) -> bool:
        """Whether the clerk changed what was read."""
        return self.proposal != self.original

    @property
    def writable(self) -> bool:
        """Whether writing it would change the ledger."""
        return not self.outcome.error and bool(self.outcome.new or self.outcome.completed)

    @property
    def obstacle(self) -> str:
        """What writing it would leave out, or what keeps it from being written, one sentence or ""."""
        return self.outcome.error or next(iter(self.outcome.remarks), "")

    @property
    def doubt(self) -> str:
        """What to look at before accepting, one sentence; "" for a proposal that can be relied on."""
        if self.unread and not self.edited:
            return self.proposal.review
        if self.obstacle:
            return self.obstacle
        if self.proposal.review and not self.edited:
            return self.proposal.review
        return self._known() if self._completes() else ""

    @property
    def state(self) -> State:
        """Where the review of it stands."""
        if self.decision == "refused":
            return "refused"
        if self.decision == "accepted" and self.writable:
            return "accepted"
        if not self.writable and (not self.doubt or self._on_record()):
            return "known"
        return "doubtful" if self.doubt else "open"

    def spans(self) -> tuple[Span, ...]:
        """Return where in the text it was read, in order; what overlaps is one piece."""
        read = self.original
        found = [read.span]
        if isinstance(read, BodyProposal):
            found += [rule.span for rule in (read.head_post, read.member_post, *read.seats) if rule]
            found += [person.span for person in read.people]
        pieces: list[Span] = []
        for span in sorted((one for one in found if one.end > one.start), key=lambda one: one.start):
            if pieces and span.start < pieces[-1].end:
                pieces[-1] = Span(pieces[-1].start, max(span.end, pieces[-1].end))
            else:
                pieces.append(span)
        return tuple(pieces)

    def _on_record(self) -> bool:
        """Tell whether a body is entered already, with all of it that can be."""
        return isinstance(self.proposal, BodyProposal) and not self.outcome.error

    def _known(self) -> str:
        name = self.outcome.known
        which = "这个机构" if name in ("", self.title) else f"“{name}”"
        return f"已有{which}，采用后补上缺少的内容"

    def _completes(self) -> bool:
        return isinstance(self.proposal, BodyProposal) and self.writable and "body" not in self.outcome.new


class Review:
    """One text under review, on the window's thread (the rehearsal uses the writer)."""

    def __init__(self, ledger: Ledger, proposals: Proposals) -> None:
        self._ledger = ledger
        self._proposals = proposals
        self._units: dict[str, str] = {}
        self.on: date = proposals.issued_on or clock.today()
        read: list[Proposal] = [*proposals.bodies, *proposals.duties, *proposals.unread]
        read.sort(key=lambda one: one.span.start)
        self._items = [
            Item(number, one, one, unread=one in proposals.unread) for number, one in enumerate(read, start=1)
        ]
        self._index = self._unit_index()
        self._rehearse()

    # What is under review --------------------------------------------------------------------

    @property
    def items(self) -> tuple[Item, ...]:
        """Every proposal, in the order of the text."""
        return tuple(self._items)

    @property
    def proposals(self) -> Proposals:
        """The text with its head as edited."""
        return self._proposals

    def item(self, number: int) -> Item:
        """Return proposal *number*."""
        return self._items[number - 1]

    def count(self, *states: State) -> int:
        """Return how many proposals are in one of *states*."""
        return sum(item.state in states for item in self._items)

    def summary(self, item: Item) -> str:
        """Say what kind of thing *item* is and what writing it enters: 机构 · 成员单位 7 家（已有 2 家）."""
        proposal = item.proposal
        if item.unread and not item.edited:
            return proposal.review
        if isinstance(proposal, DutyProposal):
            draft = clauses_of(proposal, self._proposals, basis="")
            named = "；".join(clause.name for clause in draft.clauses)
            return f"制度条款 · {named or proposal.frequency_text}"
        known = sum(self.match(name) is not None for name in proposal.members)
        parts: list[str] = [proposal.kind]
        if proposal.members:
            among = f"（已有 {known} 家）" if known else "（都是新单位）"
            parts.append(f"成员单位 {len(proposal.members)} 家{among}")
        if proposal.people:
            parts.append(f"人员 {len(proposal.people)} 人")
        if proposal.seats:
            parts.append(f"按岗位 {len(proposal.seats)} 席")
        if host := proposal.seat or proposal.lead_unit:
            parts.append(f"设在{host}" if proposal.seat else f"{host}牵头")
        return " · ".join(parts)

    def match(self, name: str) -> Unit | None:
        """Return the unit on record that *name* means, by the clerk's choice or by its name."""
        if name in self._units:
            return self._ledger.get(Unit, self._units[name])
        return self._index.find(name) if name else None

    # Deciding --------------------------------------------------------------------------------

    def accept(self, number: int) -> bool:
        """Accept proposal *number*; False when it would write nothing as it stands."""
        self._set(number, decision="accepted")
        return self.item(number).state == "accepted"

    def refuse(self, number: int) -> None:
        """Leave proposal *number* out."""
        self._set(number, decision="refused")

    def reopen(self, number: int) -> None:
        """Take the decision on proposal *number* back."""
        self._set(number, decision="")

    def accept_reliable(self) -> int:
        """Accept all that nothing speaks against; return how many."""
        reliable = [item.number for item in self._items if item.state == "open"]
        for number in reliable:
            self._set(number, decision="accepted")
        return len(reliable)

    def edit(self, number: int, proposal: Proposal) -> None:
        """Replace proposal *number* by what the clerk made of it."""
        self._set(number, proposal=proposal)
        self._rehearse()

    def edit_head(self, *, title: str, number: str, issued_by: str, on: date) -> None:
        """Change how the document is cited and the day from which things are in force."""
        self._proposals = dataclasses.replace(
            self._proposals, title=title, number=number, issued_by=issued_by
        )
        self.on = on
        self._index = self._unit_index()
        self._rehearse()

    def mean_unit(self, name: str, unit_id: str | None) -> None:
        """Say which unit *name* means: an id, "" for a new one, None to go by the name again."""
        if unit_id is None:
            self._units.pop(name, None)
        else:
            self._units[name] = unit_id
        self._rehearse()

    # Writing ---------------------------------------------------------------------------------

    def write(self) -> Accepted:
        """Write what was accepted as one deed. Raises ClerkError when that would be nothing, and InvalidRecord; then
        nothing is written."""
        kept = [item.proposal for item in self._items if item.state == "accepted"]
        done = accept(self._ledger, self._only(kept), on=self.on, decisions=self._decisions())
        if not (any(done.ids.values()) or done.completed):
            raise ClerkError("；".join(dict.fromkeys(done.remarks)) or done.sentence())
        return done

    def renew(self) -> None:
        """Look again at what the ledger has, after it changed elsewhere."""
        self._index = self._unit_index()
        self._rehearse()

    # Drafts: what was decided survives the window ----------------------------------------------

    def to_draft(self) -> dict[str, str]:
        """Return text and decisions as a draft of the ledger keeps them."""
        head = self._proposals
        decided = {
            "head": [head.title, head.number, head.issued_by, self.on.isoformat()],
            "units": self._units,
            "items": [
                [item.number, item.decision, dataclasses.asdict(item.proposal) if item.edited else None]
                for item in self._items
                if item.decision or item.edited
            ],
        }
        return {"text": head.text, "decided": json.dumps(decided, ensure_ascii=False)}

    @classmethod
    def from_draft(cls, ledger: Ledger, typed: dict[str, str]) -> Review:
        """Read the text again and put the decisions back; what no longer fits the reading is left out."""
        review = cls(ledger, extract(typed.get("text", "")))
        try:
            review._decide(json.loads(typed["decided"]))
        except (KeyError, TypeError, ValueError, IndexError):
            return cls(ledger, review.proposals)
        review._rehearse()
        return review

    def _decide(self, decided: dict[str, Any]) -> None:
        title, number, issued_by, on = decided["head"]
        self._proposals = dataclasses.replace(
            self._proposals, title=str(title), number=str(number), issued_by=str(issued_by)
        )
        self.on = date.fromisoformat(on)
        self._units = {str(name): str(unit) for name, unit in decided["units"].items()}
        for place, decision, stored in decided["items"]:
            proposal = _proposal(self.item(place).original, stored) if stored else self.item(place).original
            self._set(place, decision=decision, proposal=proposal)

    # Inside ----------------------------------------------------------------------------------

    def _set(self, number: int, **changes: Any) -> None:
        self._items[number - 1] = dataclasses.replace(self.item(number), **changes)

    def _only(self, kept: list[Proposal]) -> Proposals:
        return dataclasses.replace(
            self._proposals,
            bodies=tuple(one for one in kept if isinstance(one, BodyProposal)),
            duties=tuple(one for one in kept if isinstance(one, DutyProposal)),
            unread=(),
            tasks=(),
            check_items=(),
        )

    def _decisions(self) -> Decisions:
        bodies = [item.proposal.name for item in self._items if isinstance(item.proposal, BodyProposal)]
        return Decisions(self._units, bodies=tuple(bodies))

    def _rehearse(self) -> None:
        bodies = [item for item in self._items if isinstance(item.proposal, BodyProposal)]
        ordered = [*bodies, *(item for item in self._items if item not in bodies)]
        only = self._only([item.proposal for item in ordered])
        told = rehearse(self._ledger, only, on=self.on, decisions=self._decisions())
        for item, outcome in zip(ordered, told, strict=True):
            self._set(item.number, outcome=outcome)

    def _unit_index(self) -> UnitIndex:
        names = (self._proposals.issued_by, *(body.name for body in self._proposals.bodies))
        area = load_settings(self._ledger).area_name or next(filter(None, map(area_in, names)), "")
        return UnitIndex(self._ledger, area, self.on)


def _proposal(original: Proposal, stored: dict[str, Any]) -> Proposal:
    """Rebuild an edited proposal from a draft; raises KeyError, TypeError, ValueError for another shape."""
    values = dict(_read(stored))
    return BodyProposal(**values) if isinstance(original, BodyProposal) else DutyProposal(**values)


def _read(stored: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in stored.items():
        if name == "span":
            yield name, Span(**value)
        elif name in ("head_post", "member_post"):
            yield name, PostRule(**dict(_read(value))) if value else None
        elif name == "people":
            yield name, tuple(PersonProposal(**dict(_read(person))) for person in value)
        elif name == "seats":
            yield name, tuple(PostRule(**dict(_read(rule))) for rule in value)
        else:
            yield name, tuple(value) if isinstance(value, list) else value
