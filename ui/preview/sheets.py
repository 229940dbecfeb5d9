"""The pages of a PDF as images, each drawn when it is asked for.

pdfium is one machine for the whole process and not made for threads: every call holds one lock, so that
a page is printed in one thread while another is looked at.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pypdfium2 as pdfium
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

POINTS_PER_INCH = 72
_LOCK = threading.RLock()


class Sheets:
    """An open PDF. *sizes* are the pages' sizes in points."""

    def __init__(self, pdf: bytes) -> None:
        with _LOCK:
            self._pdf = pdfium.PdfDocument(pdf)
            self.sizes: Sequence[QSizeF] = [
                QSizeF(*self._pdf.get_page_size(n)) for n in range(len(self._pdf))
            ]

    def __len__(self) -> int:
        return len(self.sizes)

    def image(self, page: int, dots_per_point: float) -> QImage:
        """Draw a page (from 0) on white."""
        with _LOCK:
            bitmap = self._pdf[page].render(scale=dots_per_point, prefer_bgrx=True)
            shown = QImage(
                bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            )
            return shown.copy()

    def page_with(self, needle: str) -> int | None:
        """Return the first page (from 0) that shows *needle*."""
        with _LOCK:
            for page in range(len(self)):
                if self._pdf[page].get_textpage().search(needle).get_next() is not None:
                    return page
        return None

    def close(self) -> None:
        """Let go of the PDF."""
        with _LOCK:
            self._pdf.close()
