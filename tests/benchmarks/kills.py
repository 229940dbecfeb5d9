"""kill -9 at random moments: of the process that writes, and of the window while a clerk saves forms."""

from __future__ import annotations

import multiprocessing
import os
import random
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from models.office import Setup, create_office, open_office
from models.records.organisation import Unit
from tests.benchmarks.figures import Figure
from tests.benchmarks.places import application
from tests.models.store.killing import stop_repeatedly
from ui.pages.roster import RosterPage
from ui.session import Session
from ui.shell import make_window

RUNS = 100
_LONGEST_S = 0.8
_STARTER = multiprocessing.get_context(
    "forkserver"
)  # has imported all this, nothing more: a start costs less


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
    yield Figure("window: broken histories and half deeds", unsound, "", at_most=0)


def _kill_windows(data: Path) -> tuple[int, int, int]:
    create_office(data, Setup(office_name="澜溪县依法治县办公室"))[0].close()
    _STARTER.set_forkserver_preload([__name__])
    chance, told = random.Random(2026), set[str]()
    missing = unsound = 0
    for _ in range(RUNS):
        told |= _one_window(data, chance.uniform(0, _LONGEST_S))
        with open_office(data) as office:  # checks the file after such a stop; raises when it is hurt
            kept = {unit.name for unit in office.ledger.find(Unit)}
            sentences = {entry.sentence for entry in office.ledger.history(limit=len(kept) + 10)}
            missing += len(told - kept)
            unsound += office.ledger.broken_history() is not None
            unsound += sum(f"登记单位「{name}」" not in sentences for name in kept)
    return len(told), missing, unsound


def _one_window(data: Path, seconds: float) -> set[str]:
    """Let a window save until it is killed; return the names it told as saved."""
    ours, theirs = _STARTER.Pipe(duplex=False)
    child = _STARTER.Process(target=save_for_ever, args=(data, theirs))
    child.start()
    theirs.close()
    told = os.read(ours.fileno(), 4096)
    child.join(seconds)
    child.kill()
    child.join()
    while more := os.read(ours.fileno(), 4096):
        told += more
    ours.close()
    return set(told.decode().split("\n")[:-1])


def save_for_ever(data: Path, tell: Connection) -> None:
    """Fill in and save one form after the other in the real window; name each unit once it is saved."""
    app = application()
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
                os.write(tell.fileno(), f"{name}\n".encode())
