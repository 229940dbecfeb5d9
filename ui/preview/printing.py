"""Printing at true size: a sheet of A4 is a sheet of A4, nothing is fitted to the margins of a printer.

Where CUPS is there the PDF goes to it as it is and stays sharp lines; elsewhere each page is drawn at the
resolution of the printer.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from models.errors import ClerkError
from ui.preview.sheets import POINTS_PER_INCH, Sheets

LEAST_DPI, MOST_DPI = 300, 600
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What goes to which printer; *page* (from 0) alone, or None for all."""

    printer: str
    title: str
    copies: int = 1
    page: int | None = None
    two_sided: bool = False


def printers() -> list[str]:
    """Return the printers of this computer, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))


def send(pdf: bytes, job: PrintJob, progress: Callable[[float, str], None]) -> None:
    """Print *pdf*. Raises ClerkError. May run beside the window."""
    if shutil.which("lp"):
        progress(0, job.printer)
        _give_to_cups(pdf, job)
        return
    printer = QPrinter(QPrinterInfo.printerInfo(job.printer), QPrinter.PrinterMode.HighResolution)
    printer.setDocName(job.title)
    printer.setCopyCount(job.copies)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if job.two_sided else QPrinter.DuplexMode.DuplexNone)
    draw(pdf, printer, job.page, progress)


def lp_command(job: PrintJob) -> list[str]:
    """Return the command that hands a PDF on its input to CUPS, unscaled."""
    sides = "two-sided-long-edge" if job.two_sided else "one-sided"
    options = [f"sides={sides}", "media=A4", "print-scaling=none"]
    if job.page is not None:
        options.append(f"page-ranges={job.page + 1}")
    asked = [part for option in options for part in ("-o", option)]
    return ["lp", "-d", job.printer, "-n", str(job.copies), "-t", job.title, *asked]


def _give_to_cups(pdf: bytes, job: PrintJob) -> None:
    try:
        done = subprocess.run(lp_command(job), input=pdf, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ClerkError("打印服务没有回应，请检查打印机是否开机、联机。") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise ClerkError(
            f"打印机“{job.printer}”没有接收（{said[-1] if said else '原因不明'}），请检查打印机。"
        )


def draw(pdf: bytes, printer: QPrinter, page: int | None, progress: Callable[[float, str], None]) -> None:
    """Draw the pages on *printer*, each at its own size from the corner of the sheet."""
    sheets = Sheets(pdf)
    try:
        pages = range(len(sheets)) if page is None else [page]
        printer.setFullPage(True)
        printer.setResolution(min(max(printer.resolution(), LEAST_DPI), MOST_DPI))
        painter = QPainter()
        for place, number in enumerate(pages):
            progress(place / len(pages), f"第 {number + 1} 页")
            _set_paper(printer, sheets, number)
            if place:
                printer.newPage()
            elif not painter.begin(printer):
                raise ClerkError("打印机没有准备好，请检查打印机是否开机、联机，再打印一次。")
            dots = printer.resolution() / POINTS_PER_INCH
            size = sheets.sizes[number]
            painter.drawImage(
                QRectF(0, 0, size.width() * dots, size.height() * dots), sheets.image(number, dots)
            )
        painter.end()
    finally:
        sheets.close()


def _set_paper(printer: QPrinter, sheets: Sheets, page: int) -> None:
    size = sheets.sizes[page]
    turned = size.width() > size.height()
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF()))
    printer.setFullPage(True)
