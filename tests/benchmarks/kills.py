"""kill -9 at random moments: of the process that writes, and of the window while a clerk saves forms."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from models.office import Setup, create_office, open_office
from models.records.organisation import Unit
from tests.benchmarks.figures import Figure
from tests.models.store.killing import stop_repeatedly

RUNS = 100
_ROOT = Path(__file__).parents[2]
_LONGEST_S = 0.4


def measure() -> Iterator[Figure]:
    """Count what was told as saved and is gone, and what is there by half."""
    with TemporaryDirectory() as scratch:
        lost = stop_repeatedly(Path(scratch), RUNS)
    yield Figure(f"store, {RUNS} × kill -9: saves told", lost.saved, "")
    yield Figure("store: lost, half or unsound", lost.missing + lost.half + lost.unsound, "", at_most=0)
    with TemporaryDirectory() as scratch:
        saved, missing, unsound = _kill_windows(Path(scratch) / "office")
    yield Figure(f"window, {RUNS} × kill -9: forms saved", saved, "")
    yield Figure("window: saved forms lost", missing, "", at_most=0)
    yield Figure("window: starts that found damage or a half deed", unsound, "", at_most=0)


def _kill_windows(data: Path) -> tuple[int, int, int]:
    create_office(data, Setup(office_name="澜溪县依法治县办公室"))[0].close()
    chance, told = random.Random(2026), set[str]()
    missing = unsound = 0
    for _ in range(RUNS):
        told |= _one_window(data, chance.uniform(0, _LONGEST_S))
        with open_office(
            data
        ) as office:  # checks the file after a stop like this one; raises when it is hurt
            kept = {unit.name for unit in office.ledger.find(Unit)}
            sentences = {entry.sentence for entry in office.ledger.history(limit=len(kept) + 10)}
            missing += len(told - kept)
            unsound += bool(office.ledger.broken_history())
            unsound += sum(f"登记单位「{name}」" not in sentences for name in kept)
    return len(told), missing, unsound


def _one_window(data: Path, seconds: float) -> set[str]:
    child = subprocess.Popen(
        [sys.executable, "-m", __name__, str(data)],
        cwd=_ROOT, stdout=subprocess.PIPE, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert child.stdout
    told = child.stdout.readline()
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
    child.wait()
    told += child.stdout.read()
    child.stdout.close()
    return set(told.decode().split("\n")[:-1])


def save_for_ever(data: Path) -> None:
    """Fill in and save one form after the other in the real window; name each unit once it is saved."""
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.places import application
    from ui.pages.roster import RosterPage
    from ui.session import Session
    from ui.shell import make_window

    app = application()
    assert isinstance(app, QApplication)
    with open_office(data) as office:
        window = make_window(Session(office.ledger, office))
        window.show()
        window.open_page("roster")
        page = window.page("roster")
        assert isinstance(page, RosterPage)
        view = page._register("unit")
        while True:
            name = f"县第{random.SystemRandom().getrandbits(60)}局"
            view.new_record()
            assert view.pane.form
            view.pane.form.editor("name").put_typed(name)
            app.processEvents()
            if view.pane.form.save():
                os.write(1, f"{name}\n".encode())


if __name__ == "__main__":
    save_for_ever(Path(sys.argv[1]))
