"""档案: all that concerns one unit or one person as of a day, in parts whose lines open their records (S1-34).

Posts, memberships and facts are those of the day; meetings, study, duties, cases and papers those of a year until
then, as they stand on the day.
"""

from __future__ import annotations

from datetime import date

from models.store.reader import Reader
from models.summaries.dossier.parts import Dossier
from models.summaries.dossier.person import person_dossier
from models.summaries.dossier.unit import unit_dossier

__all__ = ["Dossier", "dossier_of", "person_dossier", "unit_dossier"]


def dossier_of(reader: Reader, kind_id: str, record_id: str, as_of: date, year: int = 0) -> Dossier:
    """Return the dossier of a ``unit`` or ``person`` for *year*, 0 for that of the day; raises ClerkError when it is
    gone."""
    return (unit_dossier if kind_id == "unit" else person_dossier)(reader, record_id, as_of, year)
