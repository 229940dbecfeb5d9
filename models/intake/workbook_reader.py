"""Read a foreign Excel file as plain rows, in a child process with little memory and time.

A library that aborts or eats all memory over a prepared file then takes no unsaved work with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.errors import ClerkError
from models.intake.child import SECONDS

ROOT = Path(__file__).resolve().parents[2]
_BROKEN = "“{name}”打不开，文件可能已损坏或内容异常。请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。"


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows an error, like ``#REF!``."""

    text: str


Cell = str | int | float | bool | datetime | CellError | None


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The first filled sheet: its *name* and its *rows* from row 1, each as long as it is filled."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_workbook(path: Path) -> SheetRows:
    """Return the rows of the first sheet that holds something. Raises ClerkError; nothing is ever written."""
    try:
        ended = subprocess.run(
            [*_child(), str(path.absolute())], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=SECONDS, check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ClerkError(f"“{path.name}”读了 {SECONDS} 秒还没读完，已停止。请拆成几个文件再导入。") from None
    try:
        answer = json.loads(ended.stdout)
    except ValueError:
        raise ClerkError(_BROKEN.format(name=path.name)) from None
    if "refused" in answer:
        raise ClerkError(answer["refused"])
    rows = tuple(tuple(_cell(value) for value in row) for row in answer["rows"])
    return SheetRows(answer["sheet"], rows)


def _child() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "_read-workbook"]
    return [sys.executable, "-m", "models.intake.child"]


def _cell(value: object) -> Cell:
    match value:
        case {"moment": str(moment)}:
            return datetime.fromisoformat(moment)
        case {"error": str(text)}:
            return CellError(text)
        case str() | bool() | int() | float() | None:
            return value
    raise ValueError("unexpected cell")
