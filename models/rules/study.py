"""What study asks of a person in a year: hours, days, a special training every few years (S1-17 … S1-19).

The figures are those of the clauses for persons (每名人员) that study answers; several may hold for one person: an
enforcement officer owes hours as a civil servant and days besides. Who came or left in the year owes by the
months in service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from models.errors import ClerkError
from models.records.organisation import STAFF_KINDS
from models.records.rules import Clause
from models.records.study import StudySession
from models.records.values import figure
from models.rules.clause_words import filters_of, words_of
from models.rules.duties import State
from models.rules.periods import MONTHS, add_months, is_rolling, term_end

COUNTED = ("参加", "补学")
"""The 参加情况 that count as study."""
SPECIAL = "专门培训"
BANDS = "优秀90、良好80、合格60"
"""Grades by percent of full marks; every province has its own (conventions 2.4)."""
FAILED, EXEMPT = "不合格", "免试"
SOON_MONTHS = 6
"""How far ahead a special training that falls due is told."""
LAST_QUARTER = 10
"""From this month on what is missing to the year's figure is 临期."""


Words = frozenset[tuple[str, str]]
"""What a session must bear to count (field of the clause, word); none for any session."""


@dataclass(frozen=True, slots=True)
class Narrow:
    """Hours or days (*measure*) a year that only some sessions count for."""

    words: Words
    measure: str
    amount: float

    @property
    def label(self) -> str:
        """Which sessions: 专题培训, 政府常务会前学法, 领导授课."""
        said = {"before_meeting": "{}前学法", "leader_speaks": "领导授课"}
        return "、".join(said.get(name, "{}").format(word) for name, word in sorted(self.words))


@dataclass(frozen=True, slots=True)
class Quota:
    """What one kind of staff owes: *hours* (学时) and *days* (天) a year, 0 for none; the *narrow* ones of them, which
    only some sessions count for; the clauses that ask for a special training every few years."""

    hours: float = 0
    days: float = 0
    narrow: tuple[Narrow, ...] = ()
    special: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A grade from *percent* of full marks upward."""

    word: str
    percent: float


@dataclass(frozen=True)
class Standing:
    """Where one person stands in *year* as of a day: what is owed, what was done, what is missing.

    *special_due* is the day the next special training is due, None when none is owed; *special_last* the
    last one, None for never. *narrow* is what is missing of what only some sessions count for: label, amount,
    measure. *over* tells that the year has ended, whatever the day it is judged by. Thousands of people share a few hundred of these, so each is thought through once.
    """

    year: int
    as_of: date
    owed_hours: float
    owed_days: float
    hours: float
    days: float
    special_last: date | None = None
    special_due: date | None = None
    narrow: tuple[tuple[str, float, str], ...] = ()
    over: bool = False

    @property
    def missing_hours(self) -> float:
        return max(round(self.owed_hours - self.hours, 1), 0)

    @property
    def missing_days(self) -> float:
        return max(round(self.owed_days - self.days, 1), 0)

    @cached_property
    def is_short(self) -> bool:
        """Whether hours or days are missing."""
        return bool(self.missing_hours or self.missing_days or self.narrow)

    @property
    def special_is_late(self) -> bool:
        return self.special_due is not None and self.special_due < self.as_of

    @cached_property
    def special_is_near(self) -> bool:
        return self.special_due is not None and self.special_due <= add_months(self.as_of, SOON_MONTHS)

    @cached_property
    def due(self) -> date | None:
        """The next day by which something is owed: the end of a year that is short, the next special training."""
        days = [date(self.year, 12, 31)] if self.is_short else []
        return min([*days, *filter(None, [self.special_due])], default=None)

    @cached_property
    def state(self) -> State:
        """The light: a year that is over and short, or a training past its day, is 逾期."""
        short = self.is_short
        if self.special_is_late or (short and self.over):
            return State.OVERDUE
        if self.special_is_near or (short and self.as_of >= date(self.year, LAST_QUARTER, 1)):
            return State.SOON
        return State.RUNNING if short else State.DONE

    @cached_property
    def words(self) -> str:
        """The gap as a clerk says it: 还差 12 学时，专门培训 2027-03 到期."""
        lacks = (("", self.missing_hours, "学时"), ("", self.missing_days, "天"), *self.narrow)
        missing = [
            f"{label} {figure(amount)} {measure}".strip() for label, amount, measure in lacks if amount
        ]
        parts = [f"还差 {'、'.join(missing)}"] if missing else ["已达标"]
        if self.special_due is not None and self.special_is_near:
            parts.append(f"专门培训 {self.special_due:%Y-%m} {'已过期' if self.special_is_late else '到期'}")
        return "，".join(parts)


def quotas(clauses: Iterable[Clause]) -> dict[str, Quota]:
    """Return what each kind of staff owes by *clauses* in force; of two figures for the same the larger one.

    What is owed once, or in terms that do not run from the last time, is no matter of a year: it stands among the
    obligations only.
    """
    owed: dict[str, Quota] = {}
    for clause in clauses:
        if clause.owed_by == "每名人员" and clause.answered_by == "学法" and not clause.suspended:
            asked = _asked_by(clause)
            for kind in words_of(clause.staff_kinds) or STAFF_KINDS:
                owed[kind] = _both(owed.get(kind, Quota()), asked)
    return {kind: quota for kind, quota in owed.items() if quota != Quota()}


def _asked_by(clause: Clause) -> Quota:
    if is_rolling(clause):
        return Quota(special=(clause,)) if clause.study_category == SPECIAL else Quota()
    if MONTHS.get(clause.per, 99) > 12 or clause.measure not in ("学时", "天数"):
        return Quota()
    a_year, words = (clause.threshold or 0) * 12 / MONTHS[clause.per], filters_of(clause)
    if words:
        return Quota(narrow=(Narrow(words, clause.measure, a_year),) if a_year else ())
    return Quota(hours=a_year) if clause.measure == "学时" else Quota(days=a_year)


def _both(one: Quota, other: Quota) -> Quota:
    narrow = {(item.words, item.measure): item for item in sorted((*one.narrow, *other.narrow), key=_amount)}
    return Quota(
        max(one.hours, other.hours),
        max(one.days, other.days),
        tuple(narrow.values()),
        (*one.special, *other.special),
    )


def _amount(narrow: Narrow) -> float:
    return narrow.amount


def borne_by(session: StudySession) -> Words:
    """Return the words by which clauses can ask for a session."""
    leads = "是" if session.leader_speaks else ""
    named = {
        "study_category": session.category,
        "before_meeting": session.before_meeting,
        "leader_speaks": leads,
    }
    return frozenset((name, word) for name, word in named.items() if word)


Done = tuple[float, float]
"""Hours and days."""


def standing(
    quota: Quota, year: int, as_of: date, *, hours: float, days: float, special_last: date | None = None,
    joined: date | None = None, left: date | None = None, narrow: Mapping[Words, Done] | None = None,
    over: bool = False,
) -> Standing:  # fmt: skip
    """Return where somebody stands; *hours* and *days* are what was done in *year* until *as_of*, *narrow* the same
    of the sessions that bear certain words; *over* that the year has ended since.

    The first special training is due as the obligation says: from the day the person came or the clause began.
    """
    share = months_in_service(year, joined, left)
    due = None
    if quota.special and (left is None or left >= as_of):
        due = min(_special_due(clause, special_last, joined, year) for clause in quota.special)
    return _stands(
        year, as_of, pro_rata(quota.hours, share), pro_rata(quota.days, share), round(hours, 1), round(days, 1),
        special_last, due, _lacking(quota.narrow, share, narrow or {}) if quota.narrow else (), over,
    )  # fmt: skip


def _special_due(clause: Clause, last: date | None, joined: date | None, year: int) -> date:
    began = max((day for day in (joined, clause.valid_from) if day), default=date.min)
    return term_end(clause, last or began, year)


def _lacking(
    asked: Iterable[Narrow], share: int, done: Mapping[Words, Done]
) -> tuple[tuple[str, float, str], ...]:
    found = []
    for item in asked:
        hours, days = done.get(item.words, (0, 0))
        in_days = item.measure == "天数"
        missing = round(pro_rata(item.amount, share) - (days if in_days else hours), 1)
        if missing > 0:
            found.append((item.label, missing, "天" if in_days else "学时"))
    return tuple(found)


_stands = lru_cache(maxsize=8192)(Standing)


@lru_cache(maxsize=4096)
def months_in_service(year: int, joined: date | None, left: date | None) -> int:
    """Return the months (0 … 12) of *year* in service; the months of coming and of leaving count."""
    first = max(joined or date.min, date(year, 1, 1))
    last = min(left or date.max, date(year, 12, 31))
    return last.month - first.month + 1 if first <= last else 0


@lru_cache(maxsize=4096)
def pro_rata(amount: float, months: int) -> float:
    """Return the share of a year's *amount* for *months*, to one decimal."""
    return round(amount * months / 12, 1)


def credit(
    own: tuple[float | None, float | None], session: tuple[float | None, float | None], hours_per_day: float
) -> tuple[float, float]:
    """Return (hours, days) of one participation: the row's *own* figures go before those of its *session*.

    What only one of the two measures is given for is converted into the other.
    """
    hours, days = own if own != (None, None) else session
    if hours is None:
        hours = (days or 0) * hours_per_day
    if days is None:
        days = hours / hours_per_day if hours_per_day else 0
    return hours, days


def grade(score: float, full: float, pass_marks: float | None, bands: Iterable[Band]) -> str:
    """Return the grade of *score*: 不合格 below the exam's own *pass_marks*, else by percent of *full*."""
    known = sorted(bands, key=lambda band: -band.percent)
    lowest = known[-1].percent * full / 100 if known else 0
    if not known or score < (lowest if pass_marks is None else pass_marks):
        return FAILED
    percent = score * 100 / full if full else 0
    return next((band.word for band in known if percent >= band.percent), known[-1].word)


def read_bands(text: str) -> tuple[Band, ...]:
    """Return the grades, best first, from ``优秀90、良好80、合格60``. Raises ClerkError."""
    bands = []
    for part in filter(None, re.split(r"[、，,;；\s]+", text)):
        found = re.fullmatch(r"([^\d.]+)(\d+(?:\.\d+)?)", part)
        if not found or float(found[2]) > 100:
            raise ClerkError(f"考试等次“{part}”读不懂，应为等次和百分比，如 优秀90、良好80、合格60。")
        bands.append(Band(found[1], float(found[2])))
    return tuple(sorted(bands, key=lambda band: -band.percent))
