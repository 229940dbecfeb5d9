"""Three ways to work the same window: by mouse, by keyboard alone, over the accessibility bus alone.

All go by what is written on the screen, so one description of a way through the program serves the three.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from tests.desktop.desktop import Desktop, until
from tests.desktop.screen import Screen

MOST_TABS = 80
TRIES = 3
PASSWORD = "●"
HAND_TO_MOUSE_S = 1.0  # a click right after keys that were just made may be lost on its way from the X server


class Hands(Protocol):
    """What a clerk does to a window."""

    def go(self, page: str) -> None:
        """Open a page of the navigation."""

    def press(self, name: str) -> None:
        """Press a button."""

    def tick(self, name: str) -> None:
        """Tick a box that is not ticked."""

    def fill(self, name: str, text: str) -> None:
        """Put *text* into a field, in place of what is there."""

    def choose(self, name: str, item: str) -> None:
        """Choose *item* in a combo box."""

    def mark(self, word: str) -> None:
        """Mark the current row of the attendance grid."""


class Bus:
    """As a screen reader's user works: every widget by name, no key, no mouse (but in an open list)."""

    def __init__(self, desktop: Desktop, screen: Screen) -> None:
        self._desktop, self._screen = desktop, screen

    def go(self, page: str) -> None:
        self._screen.press(page, "check box")

    def press(self, name: str) -> None:
        self._screen.press(name)

    def tick(self, name: str) -> None:
        self.press(name)

    def fill(self, name: str, text: str) -> None:
        self._screen.set_text(name, text)

    def choose(self, name: str, item: str) -> None:
        self._screen.choose(name, item)

    def mark(self, word: str) -> None:
        self._screen.press(word)

    def _write(self, name: str, text: str, select: Callable[[], None]) -> None:
        """Type *text* over what *select* selects; once more if the window read the new keys too late."""
        for _ in range(TRIES):
            select()
            self._desktop.write(text)
            with suppress(AssertionError):
                until(lambda: self._holds(name, text), f"{text!r} in {name!r}", 4)
                return
        raise LookupError(f"{name!r} does not take {text!r} but has {self._screen.read(name)!r}")

    def _holds(self, name: str, text: str) -> bool:
        shown = self._screen.read(name)
        return shown == text or (len(shown) == len(text) and set(shown) == {PASSWORD})


class Mouse(Bus):
    """Clicks where the bus says a widget is; only text is typed."""

    def go(self, page: str) -> None:
        for _ in range(TRIES):  # a window that is still growing to its size takes the first click elsewhere
            self._click(page, "check box")
            with suppress(AssertionError):
                until(lambda: ("filler", page) in self._screen.tree(), f"page {page}", 5)
                return
        raise LookupError(f"no page {page!r}")

    def press(self, name: str) -> None:
        self._click(name)
        time.sleep(HAND_TO_MOUSE_S)
        in_dialog = any(role == "dialog" for role, _name in self._screen.tree())
        if in_dialog and self._screen.focused() == ("push button", name):  # pressed, but not let go of
            self._click(name)

    def fill(self, name: str, text: str) -> None:
        self._write(name, text, lambda: self._enter(name))
        time.sleep(HAND_TO_MOUSE_S)

    def choose(self, name: str, item: str) -> None:
        self._click(name, "combo box")
        self._desktop.click(*self._screen.place_in_list(name, item))

    def mark(self, word: str) -> None:
        self._click(word)

    def _enter(self, name: str) -> None:
        self._click(name, times=3)
        until(lambda: self._screen.focused()[1] == name, f"the keyboard in {name!r}")

    def _click(self, name: str, role: str | None = None, times: int = 1) -> None:
        self._desktop.click(*self._screen.place(name, role, active=True), times=times)


class Keyboard(Bus):
    """Tab to everything; the bus only tells where the keyboard is."""

    KEYS = dict(zip(("出席", "代", "请假", "列席", "缺席"), "12345", strict=True))

    def go(self, page: str) -> None:
        place = until(lambda: self._place_of(page), f"{page} in the navigation")
        self._desktop.keys(f"ctrl+{place}")
        until(lambda: ("filler", page) in self._screen.tree(), f"page {page}")

    def press(self, name: str) -> None:
        self._reach(name)
        self._desktop.keys("space")

    def fill(self, name: str, text: str) -> None:
        self._reach(name)
        self._write(name, text, lambda: self._desktop.keys("ctrl+a"))

    def choose(self, name: str, item: str) -> None:
        self._reach(name)
        for _ in range(MOST_TABS):
            if self._screen.read(name, "combo box") == item:
                return
            self._desktop.keys("Down")
        raise LookupError(f"{name!r} never came to {item!r}")

    def mark(self, word: str) -> None:
        self._reach("出席情况")
        self._desktop.keys(self.KEYS[word])

    def _place_of(self, page: str) -> int:
        names = self._screen.names("check box")
        return names.index(page) + 1 if page in names else 0

    def _reach(self, name: str) -> None:
        until(lambda: any(self._screen.focused()), "a window with the keyboard", 20)
        seen = []
        for _ in range(MOST_TABS):
            role, here = self._screen.focused()
            if here == name:
                return
            seen.append(here or role)
            self._desktop.keys("Tab")
        raise LookupError(f"Tab does not lead to {name!r}; it went {seen}")
