"""Reads and works a window over the accessibility bus, as a screen reader does. Run by the system's Python.

``gi`` is not on PyPI, so this file is a program of its own (``/usr/bin/python3 atspi.py [SECONDS]``, in
the session's environment) that obeys JSON lines; tests talk to it through ``screen.Screen``.
Each command waits SECONDS for its widget: it is looked up by *name* (what is written on it) among the widgets
that are showing, by *role* if given ("push button", "table cell" …), and must be able to do the deed.

{"do": "press", "name": "保存"} · {"do": "set", "name": "会议名称", "text": "…"} · {"do": "read", "name": …} ·
{"do": "item", "name": "会议类型", "text": "临时会议"} (answers its place and pixels) · {"do": "focus", "name": …} ·
{"do": "select", "name": "文书", "text": "年度导出"} · {"do": "list", "role": …} (answers the names) · {"do": "tree"} (answers every showing widget) ·
{"do": "place", "name": …} (answers the middle of it on the screen) · {"do": "focused"} (answers role and name)

Cells of tables, trees and lists are looked at only when their role is asked for: there may be thousands.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)  # of names that Debian 12's binding has no other for
PATIENCE_S = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
PRESS = ("Press", "Toggle", "ShowMenu")  # Qt's names of what a click does
FULL_OF_CELLS = ("table", "tree", "tree table", "list", "combo box")
ARROW = 12  # px from the right edge of a combo box to the middle of its arrow
CELLS = ("table cell", "tree item", "list item", "table column header")
T = TypeVar("T")
Widget = Any


def widgets(root: Widget | None = None, cells: bool = True) -> Iterator[Widget]:
    """Yield what is showing, top windows first; a widget that goes away meanwhile is left out."""
    if root is None:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            yield from widgets(desktop.get_child_at_index(index), cells)
        return
    queue = [root]
    while queue:
        widget = queue.pop(0)
        try:
            widget.clear_cache()
            if widget.get_role() != Atspi.Role.APPLICATION and not showing(widget):
                continue
            yield widget
            full = not cells and widget.get_role_name() in FULL_OF_CELLS
            kept = [widget.get_child_at_index(index) for index in range(widget.get_child_count())]
            children = [child for child in kept if child is not None]
            queue += [child for child in children if not full or child.get_role_name() not in CELLS]
        except GLib.Error:
            continue


def showing(widget: Widget) -> bool:
    return bool(widget.get_state_set().contains(Atspi.StateType.SHOWING))


def enabled(widget: Widget) -> bool:
    return bool(widget.get_state_set().contains(Atspi.StateType.SENSITIVE))


def find(name: str, role: str | None, able: Callable[[Widget], T | None]) -> T:
    """Wait for a widget called *name* for which *able* returns something, and return that.

    LookupError tells what was there instead.
    """
    deadline = time.monotonic() + PATIENCE_S
    while True:
        seen = []
        for widget in widgets(cells=role in CELLS):
            try:
                seen.append((widget.get_role_name(), widget.get_name()))
                fits = role in (None, seen[-1][0]) and name in called(widget)
                if fits and (found := able(widget)) is not None:
                    return found
            except GLib.Error:
                continue
        if time.monotonic() > deadline:
            raise LookupError(f"no widget {name!r} ({role or 'any role'}) that can; there are {seen}")
        time.sleep(0.05)


def called(widget: Widget) -> list[str]:
    """Return the names *widget* goes by. On Linux Qt gives a combo box its value as name: ask its label."""
    names = [widget.get_name()]
    if widget.get_role() == Atspi.Role.COMBO_BOX:
        for relation in widget.get_relation_set():
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                targets = (relation.get_target(index) for index in range(relation.get_n_targets()))
                names += [target.get_name() for target in targets]
    return names


def button(widget: Widget) -> tuple[Widget, int] | None:
    """Return *widget* and its action that presses it, if it is enabled and has one."""
    if "Action" not in widget.get_interfaces() or not enabled(widget):
        return None
    count = Atspi.Action.get_n_actions(widget)
    actions = {Atspi.Action.get_action_name(widget, index): index for index in range(count)}
    return next(((widget, actions[name]) for name in PRESS if name in actions), None)


def editor(widget: Widget) -> Widget | None:
    """Return *widget*, or the field inside it (editable combo box), if text can be put there."""
    for part in widgets(widget):
        if "EditableText" in part.get_interfaces() and part.get_state_set().contains(
            Atspi.StateType.EDITABLE
        ):
            return part
    return None


def press(name: str, role: str | None = None) -> None:
    Atspi.Action.do_action(*find(name, role, button))


def set_text(name: str, text: str, role: str | None = None) -> None:
    if not Atspi.EditableText.set_text_contents(find(name, role, editor), text):
        raise LookupError(f"{name!r} takes no text")


def read(name: str, role: str | None = None) -> str:
    """Return the text of a field or combo box, else the name of the widget (a button, a label)."""
    widget = find(name, role, lambda found: found if role or found.get_role_name() != "label" else None)
    if "Text" in widget.get_interfaces():
        return str(Atspi.Text.get_text(widget, 0, -1))
    return str(widget.get_name())


def item(name: str, text: str, opened: bool = False) -> tuple[int, int, int]:
    """Return where *text* is in the list of the combo box called *name*: place from 0, middle in pixels.

    The list is opened unless it is *opened* already.
    """
    whole = find(name, None, lambda found: found if found.get_role() == Atspi.Role.COMBO_BOX else None)
    if not opened:
        Atspi.Action.do_action(*find(name, None, button))
    shown = find("", "list", lambda found: found if found.get_parent() == whole else None)
    parts = [shown.get_child_at_index(index) for index in range(shown.get_child_count())]
    items = [part.get_name() for part in parts]
    if text not in items:
        raise LookupError(f"{name!r} has no item {text!r}; there are {items}")
    number = items.index(text)
    return (number, *middle(parts[number]))


def focus(name: str, role: str | None = None) -> None:
    Atspi.Component.grab_focus(
        find(name, role, lambda found: found if "Component" in found.get_interfaces() else None)
    )


def names(role: str) -> list[str]:
    found = widgets(cells=role in CELLS)
    return [widget.get_name() for widget in found if widget.get_role_name() == role]


def tree() -> list[list[str]]:
    return [[widget.get_role_name(), widget.get_name()] for widget in widgets()]


def middle(widget: Widget) -> tuple[int, int]:
    box = Atspi.Component.get_extents(widget, Atspi.CoordType.SCREEN)
    return box.x + box.width // 2, box.y + box.height // 2


def select(name: str, text: str) -> None:
    """Select the row *text* of the list called *name*, in sight or not."""
    whole = find(name, "list", lambda found: found)
    items = [whole.get_child_at_index(index).get_name() for index in range(whole.get_child_count())]
    if text not in items:
        raise LookupError(f"{name!r} has no row {text!r}; there are {items}")
    Atspi.Selection.select_child(whole, items.index(text))


def place(name: str, role: str | None = None, active: bool = False) -> tuple[int, int]:
    """Return the middle of a widget in pixels of the screen, once it has come to rest there.

    With *active* it must be enabled and something one works with, not a label of that name. Of a combo box it
    is the arrow that opens it.
    """

    def there(widget: Widget) -> tuple[int, int] | None:
        if "Component" not in widget.get_interfaces():
            return None
        passive = widget.get_role_name() == "label" or not enabled(widget)
        if active and passive:
            return None
        x, y = middle(widget)
        if widget.get_role() == Atspi.Role.COMBO_BOX:
            x += Atspi.Component.get_extents(widget, Atspi.CoordType.SCREEN).width // 2 - ARROW
        return x, y

    before = None
    while (now := find(name, role, there)) != before:
        before = now
        time.sleep(0.1)
    return now


def has_focus(widget: Widget) -> bool:
    return bool(widget.get_state_set().contains(Atspi.StateType.FOCUSED))


def focused() -> list[str]:
    """Return role and name of what has the keyboard, two empty strings for nothing known.

    The current tab of a bar says that it has it always: ask the bar.
    """
    for widget in widgets(cells=False):
        if has_focus(widget) and widget.get_role_name() != "page tab":
            return [widget.get_role_name(), called(widget)[-1]]
    return ["", ""]


COMMANDS: dict[str, Callable[..., Any]] = {
    "press": press,
    "set": set_text,
    "read": read,
    "item": item,
    "focus": focus,
    "select": select,
    "list": names,
    "tree": tree,
    "place": place,
    "focused": focused,
}


def main() -> None:
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = {"ok": COMMANDS[command.pop("do")](**command)}
        except (LookupError, GLib.Error) as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
