"""The people who do legal work: law degrees by unit, 法制员 of towns, legal sections, certificates, moves (S1-15, 21-24, 33)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from models.records.organisation import LEADER_POSTS, Appointment, Unit
from models.rules.duties import State
from models.store.reader import Reader, remembered
from models.store.rows import period_clause
from models.summaries.listed import Listed
from models.summaries.study import left_service, unit_of_people

TOWN, OFFICER, LEGAL = "镇街", "法制员", "法制工作人员"
MOST_OFFICERS = 2
"""A town has one or two 法制员 (S1-21)."""
BACHELOR = ("本科", "研究生")
WARN_DAYS = 90
"""How long before its end a certificate is 临期."""


@dataclass(frozen=True, slots=True)
class UnitTeam:
    """One unit: ids of its leaders, of those with a law degree, of legal staff, of those with a bachelor's or more.

    *rank* and *posts* are those of its legal section as authorised, None when not told; *legal* are those who fill
    them. *state* and *words* say what the rules miss: DONE with "" when nothing.
    """

    id: str
    name: str
    category: str
    rank: str
    posts: int | None
    leaders: tuple[str, ...]
    law_leaders: tuple[str, ...]
    legal: tuple[str, ...]
    law_legal: tuple[str, ...]
    officers: tuple[str, ...]
    officer_names: tuple[str, ...]
    state: State
    words: str


class Move(NamedTuple):
    """A post that one of the legal staff took up (到任) or left (离任)."""

    person: str
    record: Listed


@dataclass(frozen=True, slots=True)
class Certificate:
    """One enforcement certificate, or an enforcement officer without one (*until* None, number "")."""

    person: str
    name: str
    unit: str
    number: str
    until: date | None
    state: State
    words: str


@dataclass(frozen=True, slots=True)
class _Post:
    person: str
    name: str
    staff_kind: str
    degree: str
    post: str


def teams(reader: Reader, as_of: date) -> list[UnitTeam]:
    """Return the units that exist that day with who does legal work there, in unit order."""
    posts: dict[str, list[_Post]] = defaultdict(list)
    for unit, *values in _posts(reader, as_of):
        posts[unit].append(_Post(*values))
    return [_team(unit, posts[unit.id]) for unit in reader.in_force(Unit, as_of)]


def moves(reader: Reader, as_of: date) -> list[Move]:
    """Return the posts that legal staff took up or left in the year of *as_of* until that day, the latest first."""
    first, last = date(as_of.year, 1, 1).isoformat(), as_of.isoformat()
    found = []
    for column, word in (("valid_from", "到任"), ("valid_until", "离任")):
        rows = reader.db.execute(
            f"SELECT p.id, a.id, a.headline, a.{column} FROM appointment a JOIN person p ON p.id = a.person "
            f"AND p.deleted_at IS NULL WHERE a.deleted_at IS NULL AND a.{column} BETWEEN ? AND ? "
            "AND (a.post = ? OR p.staff_kind = ?)",
            (first, last, OFFICER, LEGAL),
        )
        found += [
            Move(person, Listed("appointment", post, headline, date.fromisoformat(on), word))
            for person, post, headline, on in rows
        ]
    return sorted(found, key=lambda move: move.record.on or date.min, reverse=True)


@remembered
def certificates(reader: Reader, as_of: date) -> tuple[Certificate, ...]:
    """Return certificates and enforcement officers without one, who serve that day; the most urgent first."""
    places, left = unit_of_people(reader, as_of), left_service(reader, as_of)
    rows = reader.db.execute(
        "SELECT id, name, certificate, certificate_until FROM person WHERE deleted_at IS NULL "
        "AND (certificate <> '' OR certificate_until IS NOT NULL OR staff_kind = '执法人员') "
        "AND coalesce(joined_on, '') <= ? ORDER BY headline",
        (as_of.isoformat(),),
    )
    found = [
        _certificate(person, name, places.get(person, ("", "", None))[1], number, until, as_of)
        for person, name, number, until in rows
        if left.get(person, date.max) >= as_of
    ]
    return tuple(sorted(found, key=lambda one: (_URGENCY[one.state], one.until or date.max)))


_URGENCY = {State.OVERDUE: 0, State.SOON: 1, State.RUNNING: 2}


def _certificate(
    person: str, name: str, unit: str, number: str, stored: str | None, as_of: date
) -> Certificate:
    until = date.fromisoformat(stored) if stored else None
    state, words = State.RUNNING, "有效"
    if not number and until is None:
        state, words = State.OVERDUE, "没有登记执法证"
    elif until is None:
        state, words = State.SOON, "没有登记有效期"
    elif until < as_of:
        state, words = State.OVERDUE, f"已过期 {(as_of - until).days} 天"
    elif until <= as_of + timedelta(days=WARN_DAYS):
        state, words = State.SOON, f"还有 {(until - as_of).days} 天到期"
    return Certificate(person, name, unit, number, until, state, words)


def _posts(reader: Reader, as_of: date) -> Iterator[tuple[str, ...]]:
    clause, days = period_clause(Appointment.KIND, as_of, "a.")
    yield from reader.db.execute(
        "SELECT a.unit, p.id, p.name, p.staff_kind, p.law_degree, a.post FROM appointment a "
        "JOIN person p ON p.id = a.person AND p.deleted_at IS NULL "
        f"WHERE a.deleted_at IS NULL AND {clause} ORDER BY a.unit, a.position, a.id",
        days,
    )


def _team(unit: Unit, posts: list[_Post]) -> UnitTeam:
    def ids(wanted: list[_Post]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(post.person for post in wanted))

    leaders = [post for post in posts if post.post in LEADER_POSTS]
    officers = [post for post in posts if post.post == OFFICER]
    legal = [post for post in posts if post.staff_kind == LEGAL or post.post == OFFICER]
    state, words = _verdict(unit, len(ids(officers)), len(ids(legal)))
    return UnitTeam(
        unit.id, unit.name, unit.category, unit.legal_rank, unit.legal_posts, ids(leaders),
        ids([post for post in leaders if post.degree not in ("", "无")]),
        ids(legal), ids([post for post in legal if post.degree in BACHELOR]), ids(officers),
        tuple(dict.fromkeys(post.name for post in officers)), state, words,
    )  # fmt: skip


def _verdict(unit: Unit, officers: int, legal: int) -> tuple[State, str]:
    if unit.category == TOWN and not officers:
        return State.OVERDUE, "没有法制员，应配备 1 至 2 名"
    if unit.category == TOWN and officers > MOST_OFFICERS:
        return State.SOON, f"法制员 {officers} 名，多于 {MOST_OFFICERS} 名"
    if unit.enforcement and not unit.legal_section:
        return State.OVERDUE, "有执法职能，没有单独设立法制机构"
    if unit.legal_posts is not None and legal != unit.legal_posts:
        gap = legal - unit.legal_posts
        return State.SOON, f"法制机构{'超编' if gap > 0 else '缺编'} {abs(gap)} 名"
    return State.DONE, ""
