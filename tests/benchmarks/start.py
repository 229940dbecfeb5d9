"""From the command to a window that can be used, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from models.demo import make_county
from models.office import Setup, create_office
from tests.benchmarks.figures import TIMES, Figure
from tests.benchmarks.places import TODAY

_ROOT = Path(__file__).parents[2]


def measure() -> Iterator[Figure]:
    """Start both in processes of their own, in turns."""
    with TemporaryDirectory() as scratch:
        data = Path(scratch) / "office"
        office, _ = create_office(data, Setup(office_name="澜溪县依法治县办公室", area_name="澜溪县"))
        with office:
            make_county(office.ledger, today=TODAY)
        pairs = [(_start(str(data)), _start()) for _ in range(TIMES + 1)][1:]
    ours, bare = (median(column) for column in zip(*pairs, strict=True))
    yield Figure("start to usable window, the demo county", ours, baseline=bare, times=2.5)


def _start(*words: str) -> float:
    """Return the ms from the command to the painted window, of a program that was closed properly before.

    With its bytecode, as installed programs have it: the first run, which does not count, writes it.
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "tests.benchmarks.window", *words]
    begun = time.time()
    done = subprocess.run(command, cwd=_ROOT, check=True, env=environment, capture_output=True)
    return (float(done.stdout.split()[-1]) - begun) * 1000
