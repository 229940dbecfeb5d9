"""Foreign Excel files: the hostile ones are refused in a sentence, the odd ones are read."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from models.errors import ClerkError
from models.intake import workbook_reader
from models.intake.importer import check_import, preview_import
from models.intake.workbook_reader import SheetRows, read_workbook
from models.records.base import kind_of
from models.records.organisation import Unit
from models.store.ledger import Ledger
from tests.models.intake.hostile import FILES, ROW, honest, package, sheet, text_cell

UNIT = kind_of("unit")


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SheetRows | ClerkError]:
    """Every file as the reader saw it; anything but a ClerkError fails here."""
    folder = tmp_path_factory.mktemp("hostile")

    def reading(name: str) -> SheetRows | ClerkError:
        file = folder / f"{name}.xlsx"
        file.write_bytes(FILES[name].make())
        try:
            return read_workbook(file)
        except ClerkError as error:
            return error
        finally:
            file.unlink()

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(FILES, pool.map(reading, FILES), strict=True))


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_a_sentence_and_nothing_is_written(
    name: str, readings: dict[str, SheetRows | ClerkError], ledger: Ledger
) -> None:
    read = readings[name]
    if isinstance(read, SheetRows):
        with pytest.raises(ClerkError) as refused:
            outcome = check_import(ledger, UNIT, read, preview_import(ledger, UNIT, read))
            assert outcome.errors
            raise ClerkError(outcome.sentence())
        read = refused.value
    assert FILES[name].refusal in str(read)
    assert str(read).endswith(("。", "）")) or "第 2 行" in str(read) or "第 3 行" in str(read)
    assert not ledger.find(Unit) and not ledger.history()


def test_there_are_sixty_of_them() -> None:
    assert len(FILES) >= 60


MERGED = f'<mergeCells>{"".join(f"""<mergeCell ref="C{n}:D{n}"/>""" for n in range(1, 50_000))}</mergeCells>'


def read(tmp_path: Path, content: bytes) -> tuple[tuple[object, ...], ...]:
    file = tmp_path / "表.xlsx"
    file.write_bytes(content)
    return read_workbook(file).rows


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (package(sheet(ROW, before='<dimension ref="A1:XFD1048576"/>')), (("单位名称",), ("甲局",))),
        (package(sheet(ROW, after=MERGED)), (("单位名称",), ("甲局",))),
        (package(sheet(f'<row r="4">{text_cell("A4", "甲局")}</row>')), (("单位名称",), (), (), ("甲局",))),
        (honest(lambda t: t.append(["甲局", True, 2.5])), (("单位名称*", "建制顺序", "设立日期"), ("甲局", True, 2.5))),
        (package(sheet(f'<row r="2">{text_cell("A2", "=1+1")}</row>')), (("单位名称",), ("=1+1",))),
        (package(sheet('<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>')), (("单位名称",), (2,))),
        (package(sheet(f'<row r="2">{text_cell("B2", "右边")}</row>')), (("单位名称",), (None, "右边"))),
    ],
    ids=["wrong dimension", "50,000 merged cells", "gaps", "types", "text like a formula", "calculated", "column gap"],
)  # fmt: skip
def test_an_odd_file_is_read(tmp_path: Path, content: bytes, rows: object) -> None:
    assert read(tmp_path, content) == rows


@pytest.mark.parametrize("epoch_of_1904", [False, True])
def test_dates_are_read_by_the_epoch_of_the_file(tmp_path: Path, epoch_of_1904: bool) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904 if epoch_of_1904 else CALENDAR_WINDOWS_1900
    book.active.append(["设立日期", datetime(2026, 3, 1), datetime(2026, 3, 1, 9, 30)])
    book.save(tmp_path / "表.xlsx")
    rows = read_workbook(tmp_path / "表.xlsx").rows
    assert rows == (("设立日期", datetime(2026, 3, 1), datetime(2026, 3, 1, 9, 30)),)


def test_hidden_sheets_are_passed_over(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["藏起来的"])
    book.active.sheet_state = "hidden"
    book.create_sheet("单位").append(["单位名称"])
    book.save(tmp_path / "表.xlsx")
    assert read_workbook(tmp_path / "表.xlsx") == SheetRows("单位", (("单位名称",),))


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import os; os.abort()", "打不开"),
        ("import time; time.sleep(60)", "还没读完"),
        ("print('not json')", "打不开"),
    ],
    ids=["aborts", "hangs", "babbles"],
)
def test_what_happens_to_the_child_is_told_by_the_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, sentence: str
) -> None:
    """The child is put in the place of one that a library has led astray."""
    monkeypatch.setattr(workbook_reader, "SECONDS", 1)
    monkeypatch.setattr(workbook_reader, "_child", lambda: [sys.executable, "-c", program])
    with pytest.raises(ClerkError, match=sentence):
        read_workbook(tmp_path / "表.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
def test_the_child_has_little_memory(tmp_path: Path) -> None:
    code = "from models.intake.child import _limit; _limit(); bytearray(2 << 30)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"MemoryError" in ended.stderr
