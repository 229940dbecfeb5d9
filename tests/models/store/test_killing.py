"""What was told as saved survives kill -9 and a pulled plug, and nothing is half there.

Reliability plan, promises 1 and 2, each with a control run that must lose.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("kill -9 and loop disks are Unix's", allow_module_level=True)

from tests.models.store.killing import LoopDisk, Writer, stop_repeatedly


def test_nothing_saved_is_lost_by_a_kill(tmp_path: Path) -> None:
    losses = stop_repeatedly(tmp_path, 10)
    assert losses.saved > 10
    assert (losses.missing, losses.half, losses.unsound) == (0, 0, 0)


def test_a_writer_that_tells_too_early_is_caught(tmp_path: Path) -> None:
    assert stop_repeatedly(tmp_path, 12, way=Writer.TELLS_TOO_EARLY).missing > 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[LoopDisk]:
    try:
        made = LoopDisk(tmp_path)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("an ext4 loop disk cannot be mounted here")
    yield made
    made.unmount()


def test_nothing_saved_is_lost_by_a_power_cut(disk: LoopDisk) -> None:
    losses = stop_repeatedly(disk.point, 4, disk=disk)
    assert losses.saved > 4
    assert (losses.missing, losses.half, losses.unsound) == (0, 0, 0)


def test_a_writer_without_sync_is_caught_by_a_power_cut(disk: LoopDisk) -> None:
    losses = stop_repeatedly(disk.point, 6, way=Writer.WITHOUT_SYNC, disk=disk)
    assert losses.missing + losses.unsound > 0
