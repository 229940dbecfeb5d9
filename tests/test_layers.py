"""Imports point one way: main → ui → reports → models → resources; and each layer keeps its own libraries."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Each layer, and the top-level packages of ours that it may import.
MAY_IMPORT = {
    "resources": {"resources"},
    "models": {"models", "resources"},
    "reports": {"reports", "models", "resources"},
    "ui": {"ui", "reports", "models", "resources"},
}
OURS = {"main", "tests", *MAY_IMPORT}

SQL = {"sqlite3", "sqlcipher3", "sqlite_utils", "pysqlite3", "apsw"}
QT = {"PySide6", "shiboken6"}
PRINTING = {"reportlab", "openpyxl", "docx"}
FORBIDDEN = {
    "resources": SQL | QT | PRINTING,
    "models": QT | {"reportlab"},
    "reports": QT | SQL,
    "ui": SQL | PRINTING,
}
# What only one room of a layer may know.
ONLY_IN = {
    "sqlcipher3": "models/store/database.py",
    "openpyxl": ("models/intake/", "reports/"),
    "reportlab": "reports/",
}


# The floors of models, from the ground up: a room knows those of its own floor and below.
FLOORS = (
    ("errors", "clock", "version", "program_log", "documents"),
    ("records", "rules"),
    ("store",),
    ("settings",),
    ("summaries",),
    ("deeds", "presets", "clause_presets"),
    ("intake", "calendar_file", "office", "demo"),
)


def imported(source: str, file: str) -> Iterator[str]:
    """Yield the dotted names that *source* imports, inside functions too, relative ones resolved by *file*."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = PurePosixPath(file).parts[: -node.level] if node.level else ()
            base = ".".join((*package, *([node.module] if node.module else [])))
            yield from ([base] if base else [])
            yield from (f"{base}.{alias.name}".strip(".") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (str(item.value) for item in node.args[:1] if isinstance(item, ast.Constant))


def faults(source: str, file: str) -> list[str]:
    """Name the top-level packages that *file* (a path from the root) imports against the rules."""
    layer = PurePosixPath(file).parts[0]
    names = {name.split(".")[0] for name in imported(source, file)}
    ours = (names & OURS) - MAY_IMPORT[layer]
    foreign = names & FORBIDDEN[layer]
    out_of_room = {name for name in names & ONLY_IN.keys() if not file.startswith(ONLY_IN[name])}
    return sorted(ours | foreign | out_of_room)


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_what_lies_below(layer: str) -> None:
    files = sorted((ROOT / layer).rglob("*.py"))
    found = {
        str(path.relative_to(ROOT)): faults(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
        for path in files
    }
    assert files
    assert {file: names for file, names in found.items() if names} == {}


def floor_of(dotted: str) -> int:
    """Return the floor of ``models.room…``; a name that is no room of models lies on the ground."""
    room = dotted.split(".")[1] if dotted.startswith("models.") else ""
    return next((floor for floor, rooms in enumerate(FLOORS) if room in rooms), 0)


def test_a_room_of_models_knows_nothing_above_it() -> None:
    rooms = {
        path.stem
        for path in (ROOT / "models").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert rooms - {"__init__"} == {room for floor in FLOORS for room in floor}
    upward = []
    for path in (ROOT / "models").rglob("*.py"):
        file = path.relative_to(ROOT).as_posix()
        own = floor_of(file.removesuffix(".py").replace("/", "."))
        upward += [(file, name) for name in imported(path.read_text("utf-8"), file) if floor_of(name) > own]
    assert upward == []


@pytest.mark.parametrize(
    ("file", "source", "names"),
    [
        ("models/x.py", "from reports.minutes import minutes", ["reports"]),
        ("models/x.py", "def f():\n    import ui.app", ["ui"]),
        ("models/x.py", "if TYPE_CHECKING:\n    from PySide6.QtCore import QDate", ["PySide6"]),
        ("models/store/x.py", "from ...ui import app", ["ui"]),
        ("models/store/x.py", "from sqlcipher3 import dbapi2", ["sqlcipher3"]),
        ("models/records/x.py", "import openpyxl", ["openpyxl"]),
        ("models/intake/x.py", "import openpyxl", []),
        ("models/store/x.py", "import sqlite_utils\nfrom ..errors import ClerkError", []),
        ("reports/x.py", "import importlib\nimportlib.import_module('PySide6.QtGui')", ["PySide6"]),
        ("reports/x.py", "import sqlite3, main", ["main", "sqlite3"]),
        ("reports/sheets/x.py", "import openpyxl\nfrom models.documents.blocks import Table", []),
        ("ui/x.py", "from reportlab.lib import units\nfrom docx import Document", ["docx", "reportlab"]),
        ("ui/x.py", "from reports.catalog import REPORTS\nfrom PySide6 import QtGui", []),
        ("resources/x.py", "from models import clock", ["models"]),
    ],
)
def test_a_fault_is_seen_wherever_it_hides(file: str, source: str, names: list[str]) -> None:
    assert faults(source, file) == names
