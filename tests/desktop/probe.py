"""A window with every kind of field, started as the program starts, told what to do by JSON lines.

Commands on stdin, each answered by one JSON line, the state of the window:
{"do": "focus", "name": "line"} · {"do": "edit", "row": 0, "column": 0, "open": true} · {"do": "window"} ·
{"do": "place", "name": "line"} (answers the middle of the widget on the screen) · {"do": "clear"} ·
{"do": "state"} · {"do": "quit"}
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, QSocketNotifier
from PySide6.QtGui import QAction, QInputMethodEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from ui import app as program
from ui import input_method

FIRST_DAY = QDate(2026, 1, 2)


class Probe(QDialog):
    """The fields, a default button, a tool button that takes no focus, and Ctrl+S."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("probe")
        self.model = QStandardItemModel(3, 2)
        self.counts = {"pressed": 0, "rejected": 0, "saved": 0}
        self.saved: dict[str, Any] = {}
        self.fields: dict[str, QWidget] = {
            "line": QLineEdit(),
            "plain": QPlainTextEdit(),
            "combo": QComboBox(editable=True),
            "table": QTableView(),
            "spin": QDoubleSpinBox(maximum=1e9),
            "date": QDateEdit(FIRST_DAY),
            "password": QLineEdit(echoMode=QLineEdit.EchoMode.Password),
            "kind": QComboBox(),
            "other": QLineEdit(),  # out of the way of a window with candidates
            "ok": QPushButton("确定"),
            "tool": QToolButton(text="保存"),
        }
        form = QFormLayout(self)
        for name, field in self.fields.items():
            field.setObjectName(name)
            field.setAccessibleName(f"字段 {name}" if name not in ("ok", "tool") else "")
            form.addRow(name, field)
        self.fields["table"].setModel(self.model)
        self.fields["kind"].addItems(["定期会议", "临时会议"])
        self.fields["date"].setDisplayFormat("yyyy-MM-dd")
        self.fields["ok"].setDefault(True)
        self.fields["ok"].clicked.connect(lambda: self._count("pressed"))
        self.fields["tool"].clicked.connect(self._save)
        save = QAction(self, shortcut="Ctrl+S")
        save.triggered.connect(self._save)
        self.addAction(save)

    def reject(self) -> None:
        self._count("rejected")

    def clear(self) -> None:
        for name in ("line", "other", "plain", "password"):
            self.fields[name].clear()
        self.fields["spin"].setValue(0)
        self.fields["combo"].clearEditText()
        self.fields["date"].setDate(FIRST_DAY)
        self.model.clear()
        self.model.setRowCount(3)
        self.model.setColumnCount(2)
        self.counts = dict.fromkeys(self.counts, 0)
        self.saved = {}

    def texts(self) -> dict[str, Any]:
        texts = {name: self.fields[name].text() for name in ("line", "other", "spin", "date", "password")}
        texts["plain"] = self.fields["plain"].toPlainText()
        texts["combo"] = self.fields["combo"].currentText()
        texts["kind"] = self.fields["kind"].currentText()
        rows, columns = range(self.model.rowCount()), range(self.model.columnCount())
        texts["cells"] = [[self.model.index(r, c).data() or "" for c in columns] for r in rows]
        editor = self.fields["table"].findChild(QLineEdit)
        texts["editor"] = editor.text() if editor is not None and editor.isVisible() else None
        return texts

    def _count(self, what: str) -> None:
        self.counts[what] += 1

    def _save(self) -> None:
        input_method.commit_composition()
        self._count("saved")
        self.saved = self.texts()


class Ear(QObject):
    """Hears what is composed: the last preedit text sent to any widget."""

    composed = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent) and isinstance(watched, QWidget):
            self.composed = event.preeditString()
        return False


class Obedience(QObject):
    """Obeys the commands that come in on stdin."""

    def __init__(self, app: QApplication, probe: Probe, ear: Ear, kind: str) -> None:
        super().__init__(app)
        self._app, self._probe, self._ear, self._kind = app, probe, ear, kind
        self._windows: list[QWidget] = []
        self._rest = b""
        self._stdin = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._stdin.activated.connect(self._read)

    def _read(self) -> None:
        received = os.read(0, 65536)
        if not received:
            self._app.exit(0)
        *lines, self._rest = (self._rest + received).split(b"\n")
        for line in lines:
            print(json.dumps(self._obey(json.loads(line))), flush=True)

    def _obey(self, command: dict[str, Any]) -> dict[str, Any]:
        table = self._probe.fields["table"]
        match command["do"]:
            case "focus":
                self._probe.fields[command["name"]].setFocus()
            case "edit":
                cell = self._probe.model.index(command["row"], command["column"])
                table.setFocus()
                table.setCurrentIndex(cell)
                if command["open"]:
                    table.edit(cell)
            case "window":
                other = QLineEdit()
                other.setWindowTitle("another")
                other.show()
                other.activateWindow()
                self._windows.append(other)
            case "clear":
                while self._windows:
                    self._windows.pop().close()
                self._probe.clear()
                self._probe.activateWindow()
            case "place":
                field = self._probe.fields[command["name"]]
                middle = field.mapToGlobal(field.rect().center())
                return {"x": middle.x(), "y": middle.y()}
            case "quit":
                self._app.exit(0)
        return self._state()

    def _state(self) -> dict[str, Any]:
        focus, window = self._app.focusWidget(), self._app.activeWindow()
        return {
            "kind": self._kind,
            "texts": self._probe.texts(),
            "counts": self._probe.counts,
            "saved": self._probe.saved,
            "composed": self._ear.composed,
            "composing": input_method.composing(),
            "focus": focus.objectName() if focus else "",
            "window": window.windowTitle() if window else "",
        }


def main() -> int:
    app = program.start(sys.argv, Path(sys.argv[1]))
    ear = Ear(app)
    app.installEventFilter(ear)
    probe = Probe()
    probe.show()
    probe.activateWindow()
    kind = (Path(sys.argv[1]) / "logs" / "program.log").read_text().partition("input method: ")[2].split()[0]
    Obedience(app, probe, ear, kind)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
