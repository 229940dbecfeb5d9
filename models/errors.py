"""What the program tells a clerk when it cannot go on.

Errors have two texts: one Chinese sentence that says what to do, shown as it is, and the
traceback, which goes to the log without personal data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


class ClerkError(Exception):
    """A condition the clerk can act on; ``str(error)`` is one Chinese sentence. Commands exit 2."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field: told beside that field, never in a box.

    *field* is the field's name, or "" for the record as a whole; a ``warning`` does not stop a save.
    """

    field: str
    message: str
    level: Literal["error", "warning"] = "error"


class InvalidRecord(ClerkError):
    """A record did not pass its checks; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(problem.message for problem in self.problems))
