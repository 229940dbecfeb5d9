"""Exactly one program has the ledger open, the second learns who, and a crash is remembered."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from models import clock
from models.errors import ClerkError
from models.store.lock import AlreadyOpen, InstanceLock

HOLDING = """
import sys
from pathlib import Path
from models.store.lock import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
input()
lock.release()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "instance.lock"


def start(path: Path) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout
    assert child.stdout.readline() == b"held\n"
    return child


def test_the_second_program_is_told_who_holds_the_ledger(path: Path) -> None:
    with start(path) as child:
        with pytest.raises(AlreadyOpen, match="请使用已打开的窗口") as refused:
            InstanceLock(path).acquire()
        assert refused.value.holder
        assert refused.value.holder.pid == child.pid
        assert refused.value.holder.user in str(refused.value)
        child.communicate(b"\n")
    with InstanceLock(path) as lock:
        assert not lock.was_unclean


def test_a_killed_holder_is_gone_at_once_and_remembered(path: Path) -> None:
    with start(path) as child:
        child.kill()
    with InstanceLock(path) as lock:
        assert lock.was_unclean
    with InstanceLock(path) as lock:
        assert not lock.was_unclean


def test_a_refused_second_program_does_not_disturb_the_first(path: Path) -> None:
    first, second = InstanceLock(path), InstanceLock(path)
    first.acquire()
    with pytest.raises(AlreadyOpen):
        second.acquire()
    second.release()
    with pytest.raises(AlreadyOpen):
        second.acquire()
    first.release()
    with second:
        assert not second.was_unclean


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"user": 1}', '{"user":"a","host":"b","pid":1,"since":"x"}']
)
def test_a_spoilt_holder_file_still_gives_a_sentence(path: Path, content: str) -> None:
    with InstanceLock(path):
        path.with_name("instance.lock.json").write_text(content, "utf-8")
        with pytest.raises(AlreadyOpen, match="另一个窗口") as refused:
            InstanceLock(path).acquire()
        assert refused.value.holder is None


def test_the_holder_is_shown_with_the_time_it_opened(path: Path) -> None:
    with clock.held_at(datetime(2026, 3, 5, 8, 30)):
        first = InstanceLock(path)
        first.acquire()
    with pytest.raises(AlreadyOpen, match="03月05日08:30 打开"):
        InstanceLock(path).acquire()
    first.release()


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ClerkError, match="请检查文件夹"):
        InstanceLock(tmp_path / "file" / "instance.lock").acquire()
