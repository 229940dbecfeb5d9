"""The process that opens foreign Excel files: what goes wrong in it, goes wrong in it alone.

It gets little memory and time, reads one workbook, and answers in JSON on stdout:
``{"rows": [[…], …], "sheet": name}`` or ``{"refused": sentence}``. Started by workbook_reader only.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from models.errors import ClerkError
from models.intake.package import MOST_COLUMNS, MOST_ROWS, judge

MEMORY_BYTES = 1 << 30
SECONDS = 30
_MOST_CELLS = 2_000_000
_MOST_TEXT = 64 << 20
_LONGEST = 32_767  # characters in a cell, Excel's own limit

Plain = str | int | float | bool | dict[str, str] | None


def run_child(arguments: Sequence[str]) -> int:
    """Read the workbook named by the only argument and answer on stdout; return the exit code."""
    _limit()
    warnings.simplefilter("ignore")
    try:
        answer: dict[str, Any] = read(Path(arguments[0]))
    except ClerkError as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"refused": "表格太大，内存放不下。请拆成几个文件再导入。"}
    except Exception:
        answer = {
            "refused": "文件已损坏或不是正常的 Excel 工作簿。请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。"
        }
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
    return 0


def read(path: Path) -> dict[str, Any]:
    """Return the first sheet that holds something, as plain values by row. Raises ClerkError."""
    formulas = judge(path)
    sheet, rows = _rows(path, values=True)
    if formulas:
        _refuse_uncalculated(rows, _rows(path, values=False)[1])
    return {"sheet": sheet, "rows": rows}


def _rows(path: Path, *, values: bool) -> tuple[str, list[list[Plain]]]:
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise ImportError("openpyxl parses foreign XML unguarded without defusedxml")
    book = openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()
        rows = _trimmed(_plain_rows(sheet.iter_rows()))
        if rows:
            return str(sheet.title), rows
    raise ClerkError("表格是空的，没有可以导入的内容。")


def _plain_rows(found: Iterator[Sequence[Any]]) -> Iterator[list[Plain]]:
    cells = text = 0
    for number, row in enumerate(found, start=1):
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise ClerkError(f"表格太大：最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列。请删去多余的行列再导入。")
        values = [_plain(cell.value, cell.data_type) for cell in row]
        cells += sum(value is not None for value in values)
        text += sum(len(value) for value in values if isinstance(value, str))
        if cells > _MOST_CELLS or text > _MOST_TEXT:
            raise ClerkError("表格内容太多，请拆成几个文件再导入。")
        yield values


def _plain(value: object, data_type: str) -> Plain:
    """Return a cell as JSON can carry it: a date as ``{"day": …}``, an error as ``{"error": "#REF!"}``."""
    if data_type == "e":
        return {"error": str(value)}
    if isinstance(value, datetime):
        return {"moment": value.replace(microsecond=0).isoformat(" ", "minutes")}
    if isinstance(value, date):
        return {"moment": f"{value.isoformat()} 00:00"}
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return int(value)
    if isinstance(value, str):
        if len(value) > _LONGEST:
            raise ClerkError(f"有一个单元格超过 {_LONGEST} 字，请检查表格内容。")
        return value or None
    return value if isinstance(value, bool | int | float) else None


def _trimmed(rows: Iterator[list[Plain]]) -> list[list[Plain]]:
    """Return the rows up to the last one with content; empty ones between stay, so that numbers fit."""
    kept: list[list[Plain]] = []
    filled = 0
    for row in rows:
        while row and row[-1] is None:
            row.pop()
        kept.append(row)
        if row:
            filled = len(kept)
    return kept[:filled]


def _refuse_uncalculated(rows: list[list[Plain]], formulas: list[list[Plain]]) -> None:
    """A formula that was never calculated has no value: the cell would be read as empty."""
    for number, row in enumerate(formulas):
        for column, formula in enumerate(row):
            is_formula = isinstance(formula, str) and formula.startswith("=")
            known = rows[number][column] if number < len(rows) and column < len(rows[number]) else None
            if is_formula and known is None:
                raise ClerkError(
                    f"第 {number + 1} 行第 {column + 1} 列是没有计算结果的公式。请用 WPS 或 Excel 打开保存一次再导入。"
                )


def _limit() -> None:
    """Bound memory and processor time where the system can; the parent bounds the time everywhere."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(run_child(sys.argv[1:]))
