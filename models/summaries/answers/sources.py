"""What the answers are read from: the ledger, the days, the clauses that ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.records.organisation import Body, Unit
from models.records.rules import Clause
from models.store.reader import Reader
from models.summaries.structure import chains

Bears = frozenset[tuple[str, str]]


@dataclass
class Sources:
    """The records of *since* … *as_of*, for *clauses* of one answer."""

    reader: Reader
    since: date
    as_of: date
    clauses: Sequence[Clause] = ()

    @cached_property
    def chains(self) -> dict[str, tuple[str, ...]]:
        """Each unit with those that followed it."""
        return chains(self.reader.find(Unit))

    @cached_property
    def hosts(self) -> dict[str, str]:
        """The host unit of each body."""
        return {body.id: body.host_unit for body in self.reader.find(Body)}

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day, as stored."""
        return self.since.isoformat(), self.as_of.isoformat()

    @property
    def moments(self) -> tuple[str, str]:
        """The first and the last moment, as stored."""
        return self.since.isoformat(), f"{self.as_of.isoformat()} 23:59"

    def units(self, unit: str, body: str = "") -> tuple[str, ...]:
        """Return the units that a record of *unit*, or of the host of *body*, counts for."""
        return self.chains.get(unit or self.hosts.get(body, ""), ())

    def measures(self, *measures: str) -> bool:
        """Tell whether a clause asks for one of *measures*."""
        return any(clause.measure in measures for clause in self.clauses)


def bears(**words: object) -> Bears:
    """Return the words a record can be asked for by: fields of the clause, a tick as 是, what is empty left out."""
    return frozenset((name, "是" if word is True else str(word)) for name, word in words.items() if word)
