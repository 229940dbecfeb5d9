"""What goes to a printer: the PDF itself where CUPS is, else pages at their true size."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from models.documents.blocks import Document, PageBreak, Paragraph, Title
from models.errors import ClerkError
from reports.catalog import render
from ui.preview.printing import PrintJob, draw, lp_command, send
from ui.preview.sheets import Sheets

A4 = (595.28, 841.89)
PAPER = 235


def paper(*, landscape: bool = False) -> bytes:
    stream = io.BytesIO()
    body = Paragraph("各成员单位要高度重视，按时参加会议。" * 30)
    render(Document("通知", (Title("关于开会的通知"), body, PageBreak(), body), landscape), ".pdf", stream)
    return stream.getvalue()


def silent(_done: float, _words: str) -> None:
    pass


def ink(image: QImage) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of what is not white."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    lines = [bytes(grey.constScanLine(y))[: grey.width()] for y in range(grey.height())]
    rows = [y for y, line in enumerate(lines) if min(line) < PAPER]
    columns = [x for x, line in enumerate(zip(*lines, strict=True)) if min(line) < PAPER]
    return columns[0], rows[0], columns[-1], rows[-1]


@pytest.mark.parametrize("landscape", [False, True])
def test_a_page_is_drawn_where_it_stands_on_paper(
    qapp: QApplication, tmp_path: Path, landscape: bool
) -> None:
    pdf, out = paper(landscape=landscape), tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFileName(str(out))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    draw(pdf, printer, None, silent)
    meant, printed = Sheets(pdf), Sheets(out.read_bytes())
    assert len(printed) == len(meant)
    for page, size in enumerate(printed.sizes):
        wide = A4[::-1] if landscape else A4
        assert (size.width(), size.height()) == pytest.approx(wide, abs=0.6)
        places = zip(ink(printed.image(page, 1)), ink(meant.image(page, 1)), strict=True)
        assert max(abs(was - is_) for was, is_ in places) <= 1  # a third of a millimetre
    meant.close()
    printed.close()


def test_one_page_alone(qapp: QApplication, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    draw(paper(), printer, 1, silent)
    assert len(pdfium.PdfDocument(tmp_path / "printed.pdf")) == 1


def test_cups_is_told_not_to_scale() -> None:
    told = lp_command(PrintJob("办公室激光打印机", "-标题", copies=6, page=1, two_sided=True))
    assert told == [
        "lp", "-d", "办公室激光打印机", "-n", "6", "-t", "-标题", "-o", "sides=two-sided-long-edge",
        "-o", "media=A4", "-o", "print-scaling=none", "-o", "page-ranges=2",
    ]  # fmt: skip


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A print service that keeps what it is given; no printer is called 坏."""
    command = tmp_path / "bin" / "lp"
    command.parent.mkdir()
    command.write_text(
        f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\n"
        "if '坏' in sys.argv: sys.exit('lp: no such printer')\n"
        f"Path({str(tmp_path / 'spool.pdf')!r}).write_bytes(sys.stdin.buffer.read())\n",
        encoding="utf-8",
    )
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(command.parent), prepend=os.pathsep)
    return tmp_path / "spool.pdf"


@pytest.mark.skipif(sys.platform == "win32", reason="CUPS is not there")
def test_cups_gets_the_very_pdf(cups: Path) -> None:
    pdf = paper()
    send(pdf, PrintJob("激光", "通知"), silent)
    assert cups.read_bytes() == pdf
    with pytest.raises(ClerkError, match=r"坏.*no such printer"):
        send(pdf, PrintJob("坏", "通知"), silent)
