"""Names of worksheets: at most 31 characters, none of []:*?/\\, no apostrophe at an end, each once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reports.paper.text import plain

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31
_RESERVED = "history"


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Return a worksheet name for each of *wanted*, in order; the second of two equal ones gets 「 (2)」."""
    names: list[str] = []
    for text in wanted:
        name = _FORBIDDEN.sub(" ", plain(text)).strip(" '")[:_LONGEST].strip(" '") or "表"
        unique, number = name, 1
        while unique.casefold() in {*map(str.casefold, names), _RESERVED}:
            number += 1
            suffix = f" ({number})"
            unique = name[: _LONGEST - len(suffix)] + suffix
        names.append(unique)
    return names
