"""Find the body that a text means among those on record, so that none is set up twice.

「县委全面依法治县委员会执法协调小组」, 「县委依法治县委执法协调小组」 and 「执法协调小组」 are one.
"""

from __future__ import annotations

import re

from models.intake.units import plain, without_area
from models.records.base import Look
from models.records.organisation import Body

_COMMITTEE = re.compile(r"全面依法治(?P<level>[省市县区州旗])委员会")
_OWN_WORDS = 6
"""Fewer characters than these, or a common word at its beginning, do not tell whose group it is."""
_COMMON = ("领导小组", "委员会", "联席会议", "协调小组", "工作", "指挥部", "办公室")


class BodyIndex:
    """The bodies on record, found by full name, short name, name without area, or the end of it that is theirs alone."""

    def __init__(self, look: Look, area: str) -> None:
        self._area = area
        self._by_name: dict[str, Body] = {}
        self._by_core: dict[str, Body] = {}
        for body in look.find(Body):
            self.add(body)

    def __len__(self) -> int:
        return len({body.id for body in self._by_name.values()})

    def add(self, body: Body) -> None:
        """Let *body* be found; of several that share a name the first one is."""
        for name in (body.name, body.short_name):
            if name:
                self._by_name.setdefault(plain(name), body)
                self._by_core.setdefault(self._core(name), body)

    def find(self, name: str) -> Body | None:
        """Return the body *name* means, None when there is none or more than one."""
        core = self._core(name)
        found = self._by_name.get(plain(name)) or self._by_core.get(core)
        if found or len(core) < _OWN_WORDS or core.startswith(_COMMON):
            return found
        ending = {body.id: body for known, body in self._by_core.items() if known.endswith(core)}
        return next(iter(ending.values())) if len(ending) == 1 else None

    def _core(self, name: str) -> str:
        return _COMMITTEE.sub(r"依法治\g<level>委", without_area(name, self._area))
