"""The test's end of the probe window: sends it commands, returns its state."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.desktop.desktop import PROJECT, Desktop, until

State = dict[str, Any]


class Remote:
    """Starts ``probe.py`` in *desktop* with its settings in *data* and waits for its window."""

    def __init__(self, desktop: Desktop, data: Path) -> None:
        self.desktop = desktop
        command = (sys.executable, "-m", "tests.desktop.probe", str(data))
        pipe = subprocess.PIPE
        self._probe = subprocess.Popen(
            command, env=desktop.environ, cwd=PROJECT, stdin=pipe, stdout=pipe, text=True, bufsize=1
        )
        until(lambda: self.state()["window"] == "probe", "the probe window")

    def do(self, what: str, **values: object) -> State:
        assert self._probe.stdin and self._probe.stdout
        self._probe.stdin.write(json.dumps({"do": what, **values}) + "\n")
        answer: State = json.loads(self._probe.stdout.readline())
        return answer

    def state(self) -> State:
        return self.do("state")

    def sees(self, check: Callable[[State], object]) -> State:
        """Wait until *check* holds and return the state."""
        seen: list[State] = []

        def holds() -> object:
            seen[:] = [self.state()]
            return check(seen[0])

        until(holds, f"last seen {seen or self.state()}", 4)
        return seen[0]

    def settled(self) -> State:
        """Return the state once it has stopped changing."""
        states = [self.state()]

        def still() -> bool:
            time.sleep(0.025)
            states.append(self.state())
            return len(states) > 4 and states[-1] == states[-2] == states[-3] == states[-4]

        until(still, "a window at rest", 4)
        return states[-1]

    def click(self, name: str) -> None:
        place = self.do("place", name=name)
        self.desktop.click(place["x"], place["y"])

    def leave(self) -> None:
        with self._probe:
            self.do("quit")
