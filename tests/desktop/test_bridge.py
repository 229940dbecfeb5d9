"""When Fcitx ends under the bridge, keys go on as plain letters, without a wait for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.desktop import Desktop, missing, until
from tests.desktop.remote import Remote

pytestmark = [pytest.mark.desktop, pytest.mark.skipif(bool(missing("fcitx5")), reason=missing("fcitx5"))]


def test_keys_go_on_when_fcitx_ends(tmp_path: Path) -> None:
    with Desktop(tmp_path / "session") as desktop:
        fcitx = desktop.start_fcitx5()
        desktop.environ["FAZHI_INPUT_METHOD"] = "fcitx-bridge"
        remote = Remote(desktop, tmp_path / "data")
        remote.do("focus", name="line")
        desktop.use_fcitx5_pinyin()
        desktop.type("li")
        shown = remote.sees(lambda state: state["composing"])["composed"]
        fcitx.kill()
        until(lambda: not desktop.owns("org.fcitx.Fcitx5"), "the end of fcitx5")
        desktop.type("abcdefgh")
        text = remote.sees(lambda state: state["texts"]["line"].endswith("abcdefgh"))["texts"]["line"]
        assert text in ("abcdefgh", f"{shown}abcdefgh")
        remote.leave()


def test_without_fcitx_the_program_starts_all_the_same(tmp_path: Path) -> None:
    with Desktop(tmp_path / "session") as desktop:
        desktop.environ["FAZHI_INPUT_METHOD"] = "fcitx-bridge"
        remote = Remote(desktop, tmp_path / "data")
        remote.do("focus", name="line")
        desktop.type("abc")
        remote.sees(lambda state: state["texts"]["line"] == "abc")
        remote.leave()
    assert "Fcitx does not answer" in (tmp_path / "data" / "logs" / "program.log").read_text()
