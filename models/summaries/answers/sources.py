"""What the answers are read from: the ledger, the days, the clauses that ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from models.records.organisation import Body, Unit
from models.records.rules import Clause
from models.records.values import stored_span
from models.store.reader import Reader
from models.summaries.structure import chains

Bears = frozenset[tuple[str, str]]


class Places:
    """Units and bodies as records name them, as of a day, read once for all answers."""

    def __init__(self, units: Sequence[Unit], bodies: Iterable[Body], as_of: date) -> None:
        self._chains = chains(units, as_of)
        self._ended = {unit.id: unit.valid_until for unit in units if unit.valid_until}
        self._hosts = {body.id: body.host_unit for body in bodies}

    def units(self, unit: str | None, body: str | None = "") -> tuple[str, ...]:
        """Return the units that a record of *unit*, or of the host of *body*, counts for: it and its successors."""
        return self._chains.get(unit or self._hosts.get(body or "", ""), ())

    def in_charge(self, on: date, unit: str | None, body: str | None = "") -> tuple[str, ...]:
        """Return the one of :meth:`units` that there was on a day: who answers for what happened then."""
        chain = self.units(unit, body)
        there = (one for one in chain if self._ended.get(one, date.max) >= on)
        return tuple(there)[:1] or chain[-1:]


@dataclass(frozen=True, slots=True)
class Sources:
    """The records of *since* … *as_of*, for *clauses* of one answer; with *pending* of events only those that still
    wait for theirs, with *person* of people only this one."""

    reader: Reader
    places: Places
    since: date
    as_of: date
    clauses: Sequence[Clause] = ()
    pending: bool = False
    person: str = ""

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day, as stored."""
        return self.since.isoformat(), self.as_of.isoformat()

    @property
    def moments(self) -> tuple[str, str]:
        """The first and the last moment, as stored."""
        return stored_span(self.since, self.as_of)

    def units(self, unit: str | None, body: str | None = "") -> tuple[str, ...]:
        """Return the units that a record of *unit*, or of the host of *body*, counts for."""
        return self.places.units(unit, body)

    def words(self, name: str) -> set[str]:
        """Return the different words the clauses ask for in field *name*."""
        return {getattr(clause, name) for clause in self.clauses}

    def rows(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """Return what *sql* selects: a few columns of thousands of records, instead of the records."""
        return list(self.reader.db.execute(sql, params))

    def waiting(self, answered: str) -> str:
        """Return the SQL condition that leaves out events whose answer came by the day; *answered* is its day."""
        return f"AND coalesce({answered}, '9999') > '{self.as_of.isoformat()}'" if self.pending else ""

    def measures(self, *measures: str) -> bool:
        """Tell whether a clause asks for one of *measures*."""
        return any(clause.measure in measures for clause in self.clauses)


@lru_cache(maxsize=4096)
def bears(**words: object) -> Bears:
    """Return the words a record can be asked for by: fields of the clause, a tick as 是, what is empty left out."""
    return frozenset((name, "是" if word is True else str(word)) for name, word in words.items() if word)
