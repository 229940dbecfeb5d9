"""Sixty hostile Excel files through the import command: none may crash it, none may leave a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import main
from models.office import Setup, create_office, open_office
from models.records.base import all_kinds
from models.store.reader import RowQuery
from tests.benchmarks.figures import Figure
from tests.models.intake.hostile import FILES

_REFUSED = 2


def measure() -> Iterator[Figure]:
    """Give each file to the command, as a schedule would."""
    with TemporaryDirectory() as scratch:
        folder, data = Path(scratch), Path(scratch) / "office"
        create_office(data, Setup(office_name="澜溪县依法治县办公室"))[0].close()
        codes = [_import(folder, data, name) for name in FILES]
        with open_office(data) as office:
            written = sum(office.ledger.count(RowQuery(kind.id, ())) for kind in all_kinds())
    yield Figure("hostile files imported", len(codes), "")
    yield Figure(
        "hostile files not refused in a sentence", sum(code != _REFUSED for code in codes), "", at_most=0
    )
    yield Figure("rows written by hostile files", written, "", at_most=0)


def _import(folder: Path, data: Path, name: str) -> int:
    """Return the exit code, -1 for a refusal without a sentence. What reads the file is a process of its own."""
    file = folder / "import.xlsx"
    file.write_bytes(FILES[name].make())
    with redirect_stderr(StringIO()) as told, redirect_stdout(StringIO()):
        code = main.main(["--data", str(data), "import", "unit", str(file)])
    return code if told.getvalue().strip() and "Traceback" not in told.getvalue() else -1
