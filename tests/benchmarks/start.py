"""From the command to a window that can be used, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from models.demo import make_county
from models.office import Setup, create_office
from tests.benchmarks.figures import Figure, compared
from tests.benchmarks.places import TODAY

_ROOT = Path(__file__).parents[2]


def measure() -> Iterator[Figure]:
    """Start both in processes of their own, in turns."""
    with TemporaryDirectory() as scratch:
        data = Path(scratch) / "office"
        office, _ = create_office(data, Setup(office_name="澜溪县依法治县办公室", area_name="澜溪县"))
        with office:
            make_county(office.ledger, today=TODAY)
        ours, bare = compared(lambda: _start(str(data)), _start)
    yield Figure("start to usable window, the demo county", ours, baseline=bare, times=2.5)


def _start(*words: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.benchmarks.window", *words]
    subprocess.run(command, cwd=_ROOT, check=True, env=environment, capture_output=True)
