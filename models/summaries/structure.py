"""The tree of bodies and the succession of units, as of a date (S0-1; ideas 6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.records.base import Look
from models.records.organisation import Body, Unit

NO_BRANCH = ("领导小组", "委员会", "办公室", "专班", "临时机构")
"""Leading groups, committees, their offices, and temporary bodies; every other body is a branch (分支机构)."""


def branches_among(bodies: Iterable[Body], body_id: str) -> list[Body]:
    """Return the branch bodies under *body_id*, or under the body whose office it is; all for ""."""
    known = list(bodies)
    owner = next((body for body in known if body.id == body_id), None)
    parents = {body_id}
    if owner and owner.category == "办公室" and owner.parent:
        parents.add(owner.parent)
    return [
        body for body in known if body.category not in NO_BRANCH and (not body_id or body.parent in parents)
    ]


def branches_of(look: Look, body_id: str, on: date) -> list[Body]:
    """Return the branch bodies in force that day, in their order."""
    return [body for body in branches_among(look.find(Body), body_id) if body.in_force(on)]


def siblings_of(look: Look, body_id: str, on: date) -> list[Body]:
    """Return the branch bodies beside *body_id*, itself among them; none when it stands alone."""
    branches = [body for body in branches_among(look.find(Body), "") if body.in_force(on)]
    own = next((body for body in branches if body.id == body_id), None)
    beside = [body for body in branches if own and body.parent == own.parent]
    return beside if len(beside) > 1 else []


def chains(units: Iterable[Unit], as_of: date) -> dict[str, tuple[str, ...]]:
    """Return each unit with those that had followed it by a day, by its id: renames and mergers to their end."""
    following = {
        unit.id: unit.successor if unit.valid_until and unit.valid_until < as_of else "" for unit in units
    }
    found: dict[str, tuple[str, ...]] = {}
    for start in following:
        chain = [start]
        while (after := following.get(chain[-1], "")) and after not in chain:
            chain.append(after)
        found[start] = tuple(chain)
    return found


def successors(units: Iterable[Unit], as_of: date) -> dict[str, str]:
    """Return by the id of each unit the one that it was part of on a day."""
    return {start: chain[-1] for start, chain in chains(units, as_of).items()}
