"""A private desktop for one test module: X server, session bus and, if wished, an input method.

Everything lives in a folder of its own and ends with the block; nothing of the machine's session is seen.
``with Desktop(folder) as desktop: desktop.start_ibus(); desktop.keys("z", "h")``
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

PROJECT = Path(__file__).resolve().parents[2]
KEYSYMS = {" ": "space", ".": "period", ",": "comma", "-": "minus"}
PROGRAMS = ("Xvfb", "xdotool", "xmodmap", "dbus-daemon", "dbus-send")
INHERITED = ("PATH", "PYTHONPATH", "VIRTUAL_ENV")
FCITX5_PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
"""
SPARE_KEYS = [*range(136, 203), *range(208, 255)]  # a keyboard's multimedia keys, as codes of X
T = TypeVar("T")


def missing(*programs: str) -> str:
    """Name the programs that are not installed, "" if all are: the reason for a skip."""
    absent = [name for name in (*PROGRAMS, *programs) if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)} (tests/desktop/install.sh)" if absent else ""


def until(question: Callable[[], T], what: str, seconds: float = 10.0) -> T:
    """Ask *question* until its answer is true and return it; AssertionError after *seconds*."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s in vain: {what}"
        time.sleep(0.02)
    return answer


class Desktop:
    """The session; ``environ`` is what programs in it are started with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        self._letters: list[str] = []
        runtime = folder / "run"
        runtime.mkdir(mode=0o700, parents=True)
        (folder / ".config").mkdir()
        self.environ = {name: os.environ[name] for name in INHERITED if name in os.environ}
        self.environ |= {
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / ".config"),
            "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "C.UTF-8",
            "GSETTINGS_BACKEND": "keyfile",  # no dconf
            "QT_QPA_PLATFORM": "xcb",
            "NO_AT_BRIDGE": "1",  # for GTK's helpers of the input methods
        }

    def __enter__(self) -> Desktop:
        number = self._first_line(
            "Xvfb", "-displayfd", "1", "-screen", "0", "1366x900x24", "-nolisten", "tcp"
        )
        self.environ["DISPLAY"] = f":{number}"
        address = self._first_line("dbus-daemon", "--session", "--nofork", "--print-address=1")
        self.environ["DBUS_SESSION_BUS_ADDRESS"] = address
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, stack: TracebackType | None
    ) -> None:
        for process in reversed(self._running):
            process.terminate()
            with process:  # waits for it and closes its pipes
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()

    def start(self, *command: str, stdout: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start a program that ends with the session; what it complains about goes to NAME.log."""
        with (self._folder / f"{Path(command[0]).name}.log").open("ab") as complaints:
            process = subprocess.Popen(command, env=self.environ, stdout=stdout, stderr=complaints)
        self._running.append(process)
        return process

    def output(self, *command: str) -> str:
        """Run a program to its end and return what it printed."""
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def owns(self, name: str) -> bool:
        """Tell whether *name* has an owner on the session bus (asking fcitx5-remote would start one)."""
        bus = ("--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner")
        return "true" in self.output("dbus-send", "--session", *bus, f"string:{name}")

    def start_ibus(self) -> None:
        """Start ibus-daemon without panel."""
        self.start("ibus-daemon", "--panel=disable", "--emoji-extension=disable", "--cache=none")
        until(lambda: self.output("ibus", "address").startswith("unix"), "the address of ibus")

    def start_fcitx5(self) -> subprocess.Popen[bytes]:
        """Start fcitx5 with the add-ons that need neither network nor panel."""
        folder = self._folder / ".config" / "fcitx5"
        folder.mkdir()
        (folder / "profile").write_text(FCITX5_PROFILE)
        (folder / "config").write_text("[Behavior]\nActiveByDefault=False\n")
        process = self.start(
            "fcitx5", "--disable=wayland,waylandim,clipboard,notifications,kimpanel,cloudpinyin"
        )
        until(lambda: self.owns("org.fcitx.Fcitx5"), "fcitx5 on the bus")
        return process

    def use_ibus_pinyin(self) -> None:
        """Switch ibus to libpinyin. (``ibus engine NAME`` may exit 1 though it worked: read it back.)"""
        choose = ("ibus", "engine", "libpinyin")
        until(lambda: [self.output(*choose), self.output("ibus", "engine")][1] == "libpinyin", "libpinyin")

    def use_fcitx5_pinyin(self) -> None:
        """Switch fcitx5 to pinyin; a field of a window must have the focus."""
        choose = ("fcitx5-remote", "-s", "pinyin")
        until(lambda: [self.output(*choose), self.output("fcitx5-remote", "-n")][1] == "pinyin", "pinyin")

    def keys(self, *names: str) -> None:
        """Press keys by their X names: keys("ctrl+s", "Return")."""
        subprocess.run(("xdotool", "key", "--delay", "15", *names), env=self.environ, check=True)

    def type(self, text: str) -> None:
        """Press the keys of *text* (letters, digits and a few marks)."""
        self.keys(*(KEYSYMS.get(letter, letter) for letter in text))

    def write(self, text: str) -> None:
        """Type any text, Chinese as well, without an input method: each character has a key of its own.

        xdotool would change the keys under way, and a window that is busy would read the next ones wrong.
        """
        new = [letter for letter in dict.fromkeys(text) if ord(letter) > 0x7F and letter not in self._letters]
        room = len(self._letters) + len(new) <= len(SPARE_KEYS)
        self._letters = [*self._letters, *new] if room else list(new)
        lines = [
            f"keycode {key} = U{ord(letter):04X}"
            for key, letter in zip(SPARE_KEYS, self._letters, strict=False)
        ]
        if new:
            (self._folder / "keys").write_text("\n".join(lines))
            subprocess.run(("xmodmap", str(self._folder / "keys")), env=self.environ, check=True)
            time.sleep(0.3)  # the window asks for the new keys
        subprocess.run(("xdotool", "type", "--delay", "20", text), env=self.environ, check=True)

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Click at a place of the screen, in pixels, as a hand does: it rests there before and after."""
        click = ("sleep", "0.6", "click", "--repeat", str(times), "--delay", "60", "1", "sleep", "0.15")
        move = ("xdotool", "mousemove", "--sync", str(x), str(y), *click)
        subprocess.run(move, env=self.environ, check=True)

    def manage_windows(self) -> None:
        """Start a window manager: without one a new window does not get the keyboard."""
        self.start("openbox")
        until(lambda: self.output("xdotool", "get_num_desktops").isdigit(), "the window manager")

    def picture(self) -> None:
        """Keep what the screen shows as screen.png in the session's folder, where the machine can."""
        if shutil.which("import"):
            self.output("import", "-window", "root", str(self._folder / "screen.png"))

    def _first_line(self, *command: str) -> str:
        process = self.start(*command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        line = process.stdout.readline().decode().strip()
        assert line, f"{command[0]} did not start, see its log in {self._folder}"
        return line
