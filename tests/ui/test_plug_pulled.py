"""The window is killed at random moments: what it said is saved is there, what was typed is offered again."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from models.office import Setup, create_office, open_office
from models.records.meeting import Meeting
from models.records.organisation import Body
from models.summaries.soundness import findings_of

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20
LONGEST_S = 3.0


def work_until_killed(data: Path, number: int, seconds: float) -> list[list[str]]:
    """Let a clerk work for some *seconds*, kill -9, and return what the window had told."""
    command = (sys.executable, "-m", "tests.ui.clerk", str(data), str(number))
    clerk = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with clerk:
        assert clerk.stdout is not None
        assert clerk.stdout.readline() == "ready\n"
        time.sleep(seconds)
        clerk.kill()
        lines = [line.split() for line in clerk.stdout if line.endswith("\n")]
    assert clerk.returncode == -9, "it ended before it was killed"
    return lines


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9")
def test_what_was_told_is_there_after_every_kill(tmp_path: Path) -> None:
    data = tmp_path / "data"
    office, _code = create_office(data, Setup(office_name="澜溪县依法治县办", clerk="苏映川"))
    with office, office.ledger.action("登记机构") as action:
        action.add(Body(name="澜溪县依法行政协调指导办公室", category="办公室"))
    random = Random(20261121)
    saved: set[str] = set()
    for number in range(KILLS):
        lines = work_until_killed(data, number, random.uniform(0, LONGEST_S))
        saved |= {name for deed, name in lines if deed == "saved"}
        with open_office(data) as office:
            stored = {meeting.name for meeting in office.ledger.find(Meeting)}
            assert list(findings_of(office.ledger)) == []
            drafts = {typed["name"] for _name, _kind, _id, typed, _at in office.ledger.drafts()}
        assert saved - stored == set(), "told as saved and lost"
        if lines and lines[-1][0] == "typed":
            assert lines[-1][1] in drafts | stored, "typed, kept, and not offered again"
    assert len(saved) >= KILLS // 2, "the clerk got nothing done"
